using System.Runtime.InteropServices;
using System.Text;
using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Collects copies of functions whose tagged arguments are pointers to the context's structure, in libbpf's order:
/// prototype, function, once for a type of program the structure and its pointer, and the tag for each argument.
/// </summary>
internal sealed class ContextTwins(BtfFile types)
{
    // Words of struct btf_type, and of the struct btf_param that follow it.
    private const int TypeWords = BtfNative.sizeof_btf_type / sizeof(uint);
    private const int ParameterWords = BtfNative.sizeof_btf_param / sizeof(uint);

    private readonly List<uint> _words = [];
    private readonly List<byte> _names = [];
    private uint _nextId = (uint)types.TypeCount;

    /// <summary>Ids of the twins by type of program and id of the function.</summary>
    public Dictionary<(ProgramType Program, uint Function), uint> Ids { get; } = [];

    private static ReadOnlySpan<byte> Tag => "arg:ctx"u8;

    /// <summary>Whether a type says that an argument of a function is a context.</summary>
    public static bool IsTag(BtfType type) => type.Kind == BtfKind.DeclarationTag && type.NameBytes.SequenceEqual(Tag);

    /// <summary>Adds the twins that a type of program needs.</summary>
    public void Add(ProgramType program)
    {
        if (ContextTypes.NameOf(program) is not { } context)
        {
            return;
        }

        uint pointer = 0;
        Dictionary<uint, int> prototypes = [];
        foreach (BtfType tag in types.Types)
        {
            if (!IsTag(tag) || Argument(tag) is not { } argument
                || !ContextTypes.IsDeclaredOtherwise(program, context, argument.Type))
            {
                continue;
            }

            uint function = tag.TargetId.Value;
            if (!prototypes.TryGetValue(function, out int prototype))
            {
                prototypes.Add(function, prototype = AddTwin(program, tag.Target));
            }

            if (pointer == 0)
            {
                pointer = AddPointer(context);
            }

            AddType(
                NameOffset(tag), BtfInfo.Create(BtfKind.DeclarationTag, 0, kindFlag: false), Ids[(program, function)]);
            _words.Add((uint)tag.TagComponentIndex);
            _words[prototype + TypeWords + (tag.TagComponentIndex * ParameterWords) + 1] = pointer;
        }
    }

    /// <summary>The types with all that was added.</summary>
    public BtfFile ToFile() => _words.Count == 0
        ? types
        : BtfFile.Read(
            BtfAppendix.Append(
                types, types.Data.Span, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_words)),
                CollectionsMarshal.AsSpan(_names)),
            types.Name);

    // Only global functions are verified by themselves; static ones are seen with what their callers pass.
    private static BtfParameter? Argument(BtfType tag) =>
        tag.Target is { Kind: BtfKind.Function, FunctionLinkage: BtfLinkage.Global } function
        && function.Target is { Kind: BtfKind.FunctionPrototype } prototype
        && tag.TagComponentIndex >= 0 && tag.TagComponentIndex < prototype.Parameters.Count
            ? prototype.Parameters[tag.TagComponentIndex]
            : null;

    private int AddTwin(ProgramType program, BtfType function)
    {
        int place = _words.Count;
        uint prototype = _nextId++;
        _words.AddRange(Record(function.Target, TypeWords + (function.Target.Parameters.Count * ParameterWords)));
        Ids.Add((program, function.Id.Value), _nextId);
        AddType(
            NameOffset(function), BtfInfo.Create(BtfKind.Function, (int)BtfLinkage.Global, kindFlag: false), prototype);
        return place;
    }

    private uint AddPointer(string context)
    {
        uint name = (uint)(types.StringSectionLength + _names.Count);
        _names.AddRange(Encoding.UTF8.GetBytes(context + '\0'));
        uint structure = _nextId;
        AddType(name, BtfInfo.Create(BtfKind.Struct, 0, kindFlag: false), 0);
        AddType(0, BtfInfo.Create(BtfKind.Pointer, 0, kindFlag: false), structure);
        return structure + 1;
    }

    private void AddType(uint name, BtfInfo info, uint sizeOrType)
    {
        _words.AddRange([name, info.Word, sizeOrType]);
        _nextId++;
    }

    private uint NameOffset(BtfType type) => Record(type, 1)[0];

    private ReadOnlySpan<uint> Record(BtfType type, int words) => MemoryMarshal.Cast<byte, uint>(
        types.Data.Span.Slice(types.TypeSectionOffset + types.RecordOffset(type.Id), words * sizeof(uint)));
}
