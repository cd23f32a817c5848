namespace BpfCore.Btf;

/// <summary>
/// Rewrites an object's types into what an older kernel reads (libbpf's <c>bpf_object__sanitize_btf</c>). Each type
/// turns into one of the same length, so that every type keeps its id: function and line records, maps and CO-RE
/// refer to them by id.
/// </summary>
internal sealed class BtfSanitizer
{
    private readonly BtfFile _file;
    private readonly BtfFeatures _supported;
    private readonly IReadOnlySet<string> _hiddenFunctions;
    private readonly BtfSanitizerImage _image;

    private BtfSanitizer(BtfFile file, BtfFeatures supported, IReadOnlySet<string> hiddenFunctions)
    {
        _file = file;
        _supported = supported;
        _hiddenFunctions = hiddenFunctions;
        _image = new BtfSanitizerImage(file);
    }

    /// <summary>The bytes for <c>BPF_BTF_LOAD</c>: those of the file itself when nothing has to change.</summary>
    /// <param name="file">The types of an object, its data sections completed.</param>
    /// <param name="supported">What the kernel knows.</param>
    /// <param name="hiddenFunctions">
    /// Names of global functions that become static, because no other object sees them (<c>__hidden</c>): the kernel
    /// then verifies them for each call instead of on their own.
    /// </param>
    /// <exception cref="BpfFormatException">A data section lists a type that does not exist.</exception>
    public static ReadOnlyMemory<byte> Sanitize(
        BtfFile file, BtfFeatures supported, IReadOnlySet<string>? hiddenFunctions = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Base is not null)
        {
            throw new ArgumentException(
                $"{file.Name} extends other types; those of an object stand alone", nameof(file));
        }

        BtfSanitizer sanitizer = new(file, supported, hiddenFunctions ?? new HashSet<string>());
        return sanitizer.Run();
    }

    private ReadOnlyMemory<byte> Run()
    {
        foreach (BtfType type in _file.Types)
        {
            Rewrite(type);
        }

        return _image.ToMemory();
    }

    private void Rewrite(BtfType type)
    {
        switch (type.Kind)
        {
            case BtfKind.Variable when Lacks(BtfFeatures.DataSections):
            case BtfKind.DeclarationTag when Lacks(BtfFeatures.DeclarationTags):
                _image.ToByte(type);
                break;
            case BtfKind.DataSection:
                RewriteSection(type);
                break;
            case BtfKind.FunctionPrototype when Lacks(BtfFeatures.Functions):
                _image.ToEnum(type);
                break;
            case BtfKind.Function:
                RewriteFunction(type);
                break;
            case BtfKind.Float when Lacks(BtfFeatures.Floats):
                // Nameless, because float is a keyword and no name of a structure.
                _image.Rename(type, nameOffset: 0);
                _image.SetInfo(type, BtfKind.Struct);
                break;
            case BtfKind.TypeTag when Lacks(BtfFeatures.TypeTags):
                _image.Rename(type, nameOffset: 0);
                _image.SetInfo(type, BtfKind.Const);
                break;
            case BtfKind.Enum when type.KindFlag && Lacks(BtfFeatures.Enum64):
                _image.SetInfo(type, BtfKind.Enum, type.ElementCount);
                break;
            case BtfKind.Enum64 when Lacks(BtfFeatures.Enum64):
                _image.ToUnion(type);
                break;
        }
    }

    private void RewriteSection(BtfType section)
    {
        if (Lacks(BtfFeatures.DataSections))
        {
            _image.ToStruct(section);
        }
        else if (Lacks(BtfFeatures.OptionalSections) && section.NameBytes.StartsWith("?"u8))
        {
            _image.ReplaceInName(section, "?"u8);
        }
    }

    private void RewriteFunction(BtfType function)
    {
        if (Lacks(BtfFeatures.Functions))
        {
            _image.SetInfo(function, BtfKind.Typedef);
        }
        else if (function.FunctionLinkage != BtfLinkage.Static && MustBeStatic(function))
        {
            _image.SetInfo(function, BtfKind.Function, (int)BtfLinkage.Static);
        }
    }

    private bool MustBeStatic(BtfType function) =>
        Lacks(BtfFeatures.GlobalFunctions)
        || (function.FunctionLinkage == BtfLinkage.Global && _hiddenFunctions.Contains(function.Name));

    private bool Lacks(BtfFeatures feature) => (_supported & feature) == 0;
}
