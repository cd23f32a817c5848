using System.Diagnostics.CodeAnalysis;
using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>What a kernel has for the external symbols of one object.</summary>
internal sealed class ResolvedExterns
{
    private readonly Dictionary<ExternSpec, ResolvedExtern> _found = [];
    private readonly List<BtfFile> _modules = [];

    /// <summary>Values of the map <c>.kconfig</c>; empty when the object has none.</summary>
    public required byte[] Configuration { get; init; }

    /// <summary>The modules whose functions are called, in the order of their index from 1 on.</summary>
    public IReadOnlyList<BtfFile> Modules => _modules;

    /// <summary>Looks for a symbol; false for a weak one that the kernel lacks.</summary>
    public bool TryFind(ExternSpec spec, [NotNullWhen(true)] out ResolvedExtern? found) =>
        _found.TryGetValue(spec, out found);

    public void Add(ResolvedExtern found) => _found.Add(found.Spec, found);

    /// <summary>Index of a module in the array of descriptors: by first use, from 1 on, as in libbpf.</summary>
    public int IndexOf(BtfFile module)
    {
        int index = _modules.IndexOf(module);
        if (index < 0)
        {
            index = _modules.Count;
            _modules.Add(module);
        }

        return index + 1;
    }
}
