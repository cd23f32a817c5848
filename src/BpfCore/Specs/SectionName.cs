namespace BpfCore.Specs;

/// <summary>What the name of a program's section says about it: libbpf's <c>SEC()</c> conventions.</summary>
/// <param name="Type">Type of program; <see cref="ProgramType.Unspecified"/> for a name that is not known.</param>
/// <param name="AttachType">The expected attach type, 0 where there is none.</param>
/// <param name="Flags">Flags of the program.</param>
/// <param name="Target">Where to attach it, or null when the name does not say.</param>
internal readonly record struct SectionName(
    ProgramType Type, AttachType AttachType, ProgramFlags Flags, AttachTarget? Target)
{
    /// <summary>Reads a section name, without a leading <c>?</c>.</summary>
    public static SectionName Parse(string name)
    {
        foreach (SectionRule rule in SectionRules.All)
        {
            if (rule.Matches(name))
            {
                return new SectionName(rule.Type, rule.AttachType, rule.Flags, rule.Target(name));
            }
        }

        return default;
    }
}
