using BpfCore.Btf;

namespace BpfCore.Specs.Reading;

/// <summary>What an object's BTF declares: variables and functions by name, and the section that lists each.</summary>
internal sealed class ExternDeclarations
{
    private readonly Dictionary<string, BtfType> _declarations = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, string> _sections = [];

    public ExternDeclarations(BtfFile types)
    {
        foreach (BtfType type in types.Types)
        {
            if (type.Kind is BtfKind.Variable or BtfKind.Function)
            {
                _declarations.TryAdd(type.Name, type);
            }
            else if (type.Kind == BtfKind.DataSection)
            {
                AddSection(type);
            }
        }
    }

    /// <summary>The first variable or function of the name, whatever its linkage, as libbpf takes it.</summary>
    public BtfType? Find(string name) => _declarations.TryGetValue(name, out BtfType found) ? found : null;

    /// <summary>Name of the first section that lists the declaration, or null.</summary>
    public string? SectionOf(BtfType declaration) => _sections.GetValueOrDefault(declaration.Id.Value);

    private void AddSection(BtfType section)
    {
        foreach (BtfSectionVariable element in section.SectionVariables)
        {
            _sections.TryAdd(element.TypeId.Value, section.Name);
        }
    }
}
