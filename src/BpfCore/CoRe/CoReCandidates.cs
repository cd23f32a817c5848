using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>The target's types that bear a local type's name, found once for each local type.</summary>
/// <remarks>
/// The lists are shared by all relocations of a load and change: a relocation strikes out the candidates that did not
/// fit, so that all fields of one local type come from one target type (libbpf's <c>cand_cache</c>).
/// </remarks>
internal sealed class CoReCandidates(CoReTargets targets)
{
    private readonly Dictionary<ulong, List<BtfType>> _byLocalType = [];

    /// <summary>The candidates for a local type that are left, in the order in which they are tried.</summary>
    /// <exception cref="CoReFault">The local type has no name, or there is no target at all.</exception>
    public List<BtfType> For(BtfType local)
    {
        if (!_byLocalType.TryGetValue(local.Id.Value, out List<BtfType>? candidates))
        {
            candidates = Search(local);
            _byLocalType.Add(local.Id.Value, candidates);
        }

        return candidates;
    }

    private List<BtfType> Search(BtfType local)
    {
        ReadOnlySpan<byte> name = BtfName.Essential(local.NameBytes);
        if (name.IsEmpty)
        {
            throw new CoReFault("a type without a name cannot be found in a kernel; give the type a name");
        }

        List<BtfType> candidates = [];
        AddAll(targets.Main, local, name, candidates);
        if (candidates.Count == 0)
        {
            foreach (BtfFile module in targets.Modules)
            {
                AddOwn(module, local, name, candidates);
            }
        }

        return candidates;
    }

    private static void AddAll(BtfFile file, BtfType local, ReadOnlySpan<byte> name, List<BtfType> candidates)
    {
        if (file.Base is not null)
        {
            AddAll(file.Base, local, name, candidates);
        }

        AddOwn(file, local, name, candidates);
    }

    private static void AddOwn(BtfFile file, BtfType local, ReadOnlySpan<byte> name, List<BtfType> candidates)
    {
        foreach (BtfTypeId id in file.Names.Find(name))
        {
            BtfType candidate = file[id];
            if (CoReCompatibility.SameKind(local, candidate))
            {
                candidates.Add(candidate);
            }
        }
    }
}
