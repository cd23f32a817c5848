namespace BpfCore.Btf.CSyntax;

/// <summary>
/// Puts declarations into an order that C accepts: what is used by value is defined before, of what is only pointed to
/// the tag is declared before.
/// </summary>
internal sealed class DeclarationOrder
{
    private readonly BtfFile _file;
    private readonly TextWriter _output;
    private readonly WriterLimits _limits = new();
    private readonly TypeNames _names;
    private readonly DeclarationText _text;
    private readonly Progress[] _progress;
    private readonly bool[] _isUsed;

    // The definition that is being written: its own tag is known within it.
    private BtfTypeId _current;

    public DeclarationOrder(BtfFile file, TextWriter output)
    {
        _file = file;
        _output = output;
        _names = new TypeNames(file);
        _text = new DeclarationText(_names, _limits);
        _progress = new Progress[file.TypeCount];
        _isUsed = UsedTypes.Find(file);
    }

    [Flags]
    private enum Progress : byte
    {
        None = 0,
        IsDeclared = 1,
        IsBegun = 2,
        IsDefined = 4,
    }

    /// <summary>Writes all types that have names, and enumerations that only give names to numbers.</summary>
    /// <exception cref="BpfFormatException">A type contains itself.</exception>
    public void Write()
    {
        foreach (BtfType type in _file.Types)
        {
            bool isConstants = type.IsEnum && type.IsAnonymous && !_isUsed[type.Id.Value];
            if (isConstants && type.ElementCount > 0)
            {
                _output.Write($"{_text.Declare(type, "")};\n\n");
            }
            else if (!type.IsAnonymous && (type.IsComposite || type.IsEnum
                || type.Kind is BtfKind.Typedef or BtfKind.Forward))
            {
                Need(type, Completeness.Complete, level: 0);
            }
        }
    }

    private void Need(BtfType type, Completeness completeness, int level)
    {
        _limits.Check(type, level);
        switch (type.Kind)
        {
            case BtfKind.Int or BtfKind.Float when !BaseType.IsKnown(type):
                Define(type, () => $"typedef {BaseType.Substitute(type)} {_names.Of(type)}");
                break;
            case BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict or BtfKind.TypeTag:
                Need(type.Target, completeness, level + 1);
                break;
            case BtfKind.Pointer:
                Need(type.Target, Completeness.Named, level + 1);
                break;
            case BtfKind.Array:
                Need(_file[type.Array.ElementTypeId], Completeness.Complete, level + 1);
                break;
            case BtfKind.FunctionPrototype:
                NeedSignature(type, level);
                break;
            case BtfKind.Typedef:
                NeedTypedef(type, completeness, level);
                break;
            case BtfKind.Forward:
                Declare(type);
                break;
            case BtfKind.Enum or BtfKind.Enum64 when !type.IsAnonymous:
                Define(type, () => _text.Define(type));
                break;
            case BtfKind.Struct or BtfKind.Union:
                NeedComposite(type, completeness, level);
                break;
        }
    }

    private void NeedSignature(BtfType prototype, int level)
    {
        Need(prototype.Target, Completeness.Named, level + 1);
        foreach (BtfParameter parameter in prototype.Parameters)
        {
            Need(parameter.Type, Completeness.Named, level + 1);
        }
    }

    private void NeedTypedef(BtfType type, Completeness completeness, int level)
    {
        if (!Has(type, Progress.IsDefined))
        {
            BtfTypeId outer = Enter(BtfTypeId.Void);
            Need(type.Target, Completeness.Named, level + 1);
            _current = outer;
            Define(type, () => $"typedef {_text.Declare(type.Target, _names.Of(type))}");
        }

        if (completeness == Completeness.Complete)
        {
            Need(type.Target, completeness, level + 1);
        }
    }

    private void NeedComposite(BtfType type, Completeness completeness, int level)
    {
        if (type.IsAnonymous)
        {
            NeedMembers(type, level);
        }
        else if (completeness == Completeness.Named)
        {
            Declare(type);
        }
        else if (!Has(type, Progress.IsDefined))
        {
            if (Has(type, Progress.IsBegun))
            {
                throw type.Error("contains itself");
            }

            _progress[type.Id.Value] |= Progress.IsBegun;
            BtfTypeId outer = Enter(type.Id);
            NeedMembers(type, level);
            _current = outer;
            Define(type, () => _text.Define(type));
        }
    }

    private void NeedMembers(BtfType composite, int level)
    {
        foreach (BtfMember member in composite.Members)
        {
            Need(member.Type, Completeness.Complete, level + 1);
        }
    }

    private void Declare(BtfType type)
    {
        if (!Has(type, Progress.IsDeclared) && type.Id != _current)
        {
            _progress[type.Id.Value] |= Progress.IsDeclared;
            _output.Write($"{TypeNames.Keyword(type)} {_names.Of(type)};\n\n");
        }
    }

    private void Define(BtfType type, Func<string> text)
    {
        if (!Has(type, Progress.IsDefined))
        {
            _progress[type.Id.Value] |= Progress.IsDeclared | Progress.IsDefined;
            _output.Write($"{text()};\n\n");
        }
    }

    private BtfTypeId Enter(BtfTypeId definition)
    {
        BtfTypeId outer = _current;
        _current = definition;
        return outer;
    }

    private bool Has(BtfType type, Progress progress) => (_progress[type.Id.Value] & progress) != 0;
}
