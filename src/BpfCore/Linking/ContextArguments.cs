using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Types for kernels that do not know the tag of a function's argument that it is the program's context
/// (<c>__arg_ctx</c>, before 6.8). They go by the argument's type alone, so a function that declares it otherwise gets
/// a twin that does not (libbpf's <c>bpf_program_fixup_func_info</c>).
/// </summary>
internal sealed class ContextArguments
{
    private readonly Dictionary<(ProgramType Program, uint Function), uint> _twins;

    private ContextArguments(BtfFile types, Dictionary<(ProgramType, uint), uint> twins)
    {
        Types = types;
        _twins = twins;
    }

    /// <summary>The object's types with the twins behind them.</summary>
    public BtfFile Types { get; }

    /// <summary>Whether functions of an object tag arguments at all.</summary>
    public static bool AreIn(BtfFile types)
    {
        foreach (BtfType type in types.Types)
        {
            if (ContextTwins.IsTag(type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the twins that the types of programs need.</summary>
    /// <param name="types">The object's types.</param>
    /// <param name="programs">Its programs.</param>
    public static ContextArguments Add(BtfFile types, IEnumerable<ProgramSpec> programs)
    {
        ContextTwins twins = new(types);
        foreach (ProgramType program in programs.Select(static program => program.Type).Distinct())
        {
            twins.Add(program);
        }

        return new ContextArguments(twins.ToFile(), twins.Ids);
    }

    /// <summary>Points the function records of a program at the twins.</summary>
    public void Apply(LinkedProgram program) => program.FunctionInfo.Redirect(
        function => _twins.GetValueOrDefault((program.Spec.Type, function), function));
}
