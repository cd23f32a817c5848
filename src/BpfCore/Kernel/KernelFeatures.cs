using System.Runtime.CompilerServices;
using BpfCore.Btf;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>Asks the kernel what it can do, once for every feature, by trying it.</summary>
/// <remarks>Only answers that settle the matter are kept. Safe for use by several threads.</remarks>
public sealed class KernelFeatures
{
    private static readonly ConditionalWeakTable<SyscallGate, Answers> s_known = [];

    private readonly Answers _known;
    private readonly SystemCalls _calls;

    internal KernelFeatures(SystemCalls calls)
    {
        _known = s_known.GetValue(calls.Gate, static _ => new Answers());
        _calls = calls;
    }

    /// <summary>The features of the running kernel.</summary>
    public static KernelFeatures Current { get; } =
        new(new SystemCalls(LinuxSyscallGate.Instance, observer: null, PermissionAdvice.For));

    /// <summary>Whether the kernel has the feature.</summary>
    /// <param name="feature">The feature.</param>
    public KernelFeatureState Probe(KernelFeature feature) =>
        Ask(new Question(Subject.Feature, (uint)feature), () => new KernelFeatureProbe(_calls).Run(feature));

    /// <summary>Whether the kernel has maps of a type.</summary>
    /// <param name="type">The type.</param>
    public KernelFeatureState Probe(MapType type) =>
        Ask(new Question(Subject.MapType, (uint)type), () => new MapTypeProbe(_calls).Run(type));

    /// <summary>Whether the kernel has programs of a type.</summary>
    /// <param name="type">The type.</param>
    public KernelFeatureState Probe(ProgramType type) =>
        Ask(new Question(Subject.ProgramType, (uint)type), () => new ProgramTypeProbe(_calls).Run(type));

    /// <summary>Whether programs of a type may call a helper.</summary>
    /// <param name="type">
    /// The type of program. Types that are verified against what they attach to (tracing, LSM, extension, struct_ops)
    /// cannot be asked about, so the answer is <see cref="KernelFeatureState.Unknown"/>.
    /// </param>
    /// <param name="helper">Number of the helper (<c>BPF_FUNC_*</c>).</param>
    public KernelFeatureState ProbeHelper(ProgramType type, int helper) => Ask(
        new Question(Subject.Helper, (uint)type, helper), () => new ProgramTypeProbe(_calls).RunHelper(type, helper));

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

    private KernelFeatureState Ask(Question question, Func<KernelFeatureState> probe)
    {
        if (_known.TryGet(question, out KernelFeatureState state))
        {
            return state;
        }

        state = probe();
        if (state != KernelFeatureState.Unknown)
        {
            _known.Add(question, state);
        }

        return state;
    }

    private enum Subject
    {
        Feature,
        MapType,
        ProgramType,
        Helper,
    }

    private readonly record struct Question(Subject Subject, uint Number, int Helper = 0)
    {
        public bool IsSame(Question other) =>
            Subject == other.Subject && Number == other.Number && Helper == other.Helper;
    }

    private sealed record Answer(Question Question, KernelFeatureState State);

    // A list, as it holds few: a dictionary with our structure as key is compiled at every start under the JIT.
    private sealed class Answers
    {
        private readonly Lock _changing = new();
        private readonly List<Answer> _given = [];

        public bool TryGet(Question question, out KernelFeatureState state)
        {
            lock (_changing)
            {
                foreach (Answer answer in _given)
                {
                    if (answer.Question.IsSame(question))
                    {
                        state = answer.State;
                        return true;
                    }
                }
            }

            state = KernelFeatureState.Unknown;
            return false;
        }

        public void Add(Question question, KernelFeatureState state)
        {
            lock (_changing)
            {
                _given.Add(new Answer(question, state));
            }
        }
    }
}
