using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>
/// Finds what a relocation means on the target: tries all candidates, demands that they agree, and strikes out those
/// that do not fit (libbpf's <c>bpf_core_calc_relo_insn</c>).
/// </summary>
internal sealed class CoReResolver(BtfFile localTypes, CoReTargets targets)
{
    private readonly CoReCandidates _candidates = new(targets);
    private readonly List<BtfType> _fitting = [];
    private CoRePath _target = new();
    private CoRePath _attempt = new();

    /// <summary>The local path of the relocation resolved last.</summary>
    public CoRePath Local { get; } = new();

    /// <summary>The target's path of the relocation resolved last, or null when no candidate had it.</summary>
    public CoRePath? Target { get; private set; }

    /// <summary>The candidates of the relocation resolved last; after a fault, all that were tried.</summary>
    public IReadOnlyList<BtfType> Tried { get; private set; } = [];

    /// <summary>Resolves one record.</summary>
    /// <exception cref="CoReFault">The record is malformed, or the candidates disagree.</exception>
    public CoReFixup Resolve(in CoReRelocation relocation)
    {
        Target = null;
        Tried = [];
        CoRePathReader.Read(localTypes, relocation, Local);
        if (relocation.Kind == CoReRelocationKind.TypeIdLocal)
        {
            return CoReFixup.ForLocalTypeId(relocation.TypeId);
        }

        List<BtfType> candidates = _candidates.For(Local.Root);
        Tried = candidates;
        return TryAll(candidates) ?? CoReFixup.Of(Local, target: null);
    }

    private CoReFixup? TryAll(List<BtfType> candidates)
    {
        CoReFixup? agreed = null;
        _fitting.Clear();
        foreach (BtfType candidate in candidates)
        {
            if (!CoReMatcher.TryMatch(Local, candidate, _attempt))
            {
                continue;
            }

            _fitting.Add(candidate);
            CoReFixup fixup = CoReFixup.Of(Local, _attempt);
            if (agreed is not null)
            {
                DemandAgreement(agreed.Value, fixup);
                continue;
            }

            agreed = fixup;
            Target = _attempt;
            (_attempt, _target) = (_target, _attempt);
        }

        Prune(candidates);
        return agreed;
    }

    // When none fits, all stay: the next relocation of this type may still find its field in any of them.
    private void Prune(List<BtfType> candidates)
    {
        if (_fitting.Count > 0 && _fitting.Count < candidates.Count)
        {
            candidates.Clear();
            candidates.AddRange(_fitting);
        }
    }

    private void DemandAgreement(CoReFixup agreed, CoReFixup fixup)
    {
        if (_attempt.BitOffset != _target.BitOffset)
        {
            throw Ambiguous($"bit offset {_target.BitOffset}", $"bit offset {_attempt.BitOffset}");
        }

        if (agreed.New.Number != fixup.New.Number)
        {
            throw Ambiguous($"{agreed.New.Number}", $"{fixup.New.Number}");
        }
    }

    private CoReFault Ambiguous(string first, string second) => new(
        $"candidates disagree: {CoReText.Describe(_target.Root)} gives {first}, "
        + $"{CoReText.Describe(_attempt.Root)} gives {second}; "
        + "declare a field that only the wanted type has and use it first");
}
