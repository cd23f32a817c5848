using BpfCore.Diagnostics;
using BpfCore.Elf;

namespace BpfCore.Specs.Reading;

/// <summary>Tells an observer what was found in an object.</summary>
internal static class SectionReporter
{
    public static void Report(ElfFile elf, BpfObserver? observer)
    {
        if (observer is null)
        {
            return;
        }

        for (int index = 1; index < elf.Sections.Count; index++)
        {
            ElfSection section = elf.Sections[index];
            observer.OnSection(new SectionFound(
                elf.Name, section.Name, SectionRole.Describe(section), section.Offset, section.Size));
        }
    }

    public static void Report(BpfObjectSpec spec, BpfObserver? observer)
    {
        if (observer is null)
        {
            return;
        }

        foreach (ProgramSpec program in spec.Functions)
        {
            string type = program.IsSubprogram ? "subprogram" : program.Type.ToString();
            observer.OnProgram(new ProgramFound(program.Name, program.SectionName, type, program.Instructions.Length));
        }

        foreach (MapSpec map in spec.Maps)
        {
            observer.OnMap(new MapFound(
                map.Name, map.SectionName, map.Type.ToString(), map.KeySize, map.ValueSize, map.MaxEntries));
        }
    }
}
