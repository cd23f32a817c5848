using BpfCore.Specs;

namespace BpfDump.Listings;

/// <summary>Programs in columns.</summary>
internal static class ProgramListing
{
    /// <summary>Writes all programs.</summary>
    /// <param name="spec">The object.</param>
    /// <param name="output">Receives the text.</param>
    public static void Write(BpfObjectSpec spec, TextWriter output)
    {
        output.Write($"license {(spec.License.Length == 0 ? "none" : spec.License)}\n\n");
        output.Write($"{"name",-32} {"section",-36} {"type",-24} {"attach type",-32} {"insns",5} target\n");
        foreach (ProgramSpec program in spec.Programs)
        {
            output.Write(
                $"{program.Name,-32} {program.SectionName,-36} {KernelName.Of(program.Type),-24} "
                + $"{AttachType(program),-32} {program.Instructions.Length,5} {program.Target}{Remarks(program)}\n");
        }
    }

    private static string AttachType(ProgramSpec program) =>
        program.ExpectedAttachType == 0 ? "-" : KernelName.Of(program.ExpectedAttachType);

    private static string Remarks(ProgramSpec program) =>
        (program.Flags == ProgramFlags.None ? "" : $" flags {KernelName.Of(program.Flags)}")
        + (program.AutoLoad ? "" : " (not loaded by default)");
}
