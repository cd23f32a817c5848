using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BpfCore.Btf;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>Asks the kernel what it can do, once for every feature, by trying it.</summary>
/// <remarks>Only answers that settle the matter are kept. Safe for use by several threads.</remarks>
public sealed class KernelFeatures
{
    private static readonly ConditionalWeakTable<
        SyscallGate, ConcurrentDictionary<KernelFeature, KernelFeatureState>> s_known = [];

    private readonly ConcurrentDictionary<KernelFeature, KernelFeatureState> _known;
    private readonly KernelFeatureProbe _probe;

    internal KernelFeatures(SystemCalls calls)
    {
        _known = s_known.GetOrCreateValue(calls.Gate);
        _probe = new KernelFeatureProbe(calls);
    }

    /// <summary>The features of the running kernel.</summary>
    public static KernelFeatures Current { get; } =
        new(new SystemCalls(LinuxSyscallGate.Instance, observer: null, PermissionAdvice.For));

    /// <summary>Whether the kernel has the feature.</summary>
    /// <param name="feature">The feature.</param>
    public KernelFeatureState Probe(KernelFeature feature)
    {
        if (_known.TryGetValue(feature, out KernelFeatureState state))
        {
            return state;
        }

        state = _probe.Run(feature);
        if (state != KernelFeatureState.Unknown)
        {
            _known[feature] = state;
        }

        return state;
    }

    /// <summary>What the kernel reads in BTF; what could not be probed counts as known to it.</summary>
    internal BtfFeatures ProbeBtf()
    {
        ReadOnlySpan<(KernelFeature Probe, BtfFeatures Flag)> kinds =
        [
            (KernelFeature.BtfFunctions, BtfFeatures.Functions),
            (KernelFeature.BtfDataSections, BtfFeatures.DataSections),
            (KernelFeature.BtfGlobalFunctions, BtfFeatures.GlobalFunctions),
            (KernelFeature.BtfFloat, BtfFeatures.Floats),
            (KernelFeature.BtfDeclarationTags, BtfFeatures.DeclarationTags),
            (KernelFeature.BtfTypeTags, BtfFeatures.TypeTags),
            (KernelFeature.BtfEnum64, BtfFeatures.Enum64),
            (KernelFeature.BtfOptionalSections, BtfFeatures.OptionalSections),
        ];
        BtfFeatures known = BtfFeatures.All;
        foreach ((KernelFeature probe, BtfFeatures flag) in kinds)
        {
            if (Lacks(probe))
            {
                known &= ~flag;
            }
        }

        return known;
    }

    /// <summary>
    /// Whether the kernel is known to lack the feature; one that could not be probed counts as there.
    /// </summary>
    internal bool Lacks(KernelFeature feature) => Probe(feature) == KernelFeatureState.Unsupported;
}
