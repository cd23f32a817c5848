using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Elf;

namespace BpfDump.Listings;

/// <summary>CO-RE relocation records by section: place, kind and path.</summary>
internal static class CoReListing
{
    /// <summary>Writes all records.</summary>
    /// <param name="file">The object.</param>
    /// <param name="output">Receives the text.</param>
    /// <exception cref="BpfCore.BpfFormatException">The records or types are damaged.</exception>
    public static void Write(ElfFile file, TextWriter output)
    {
        if (SourceTypes.Read(file) is not { Extensions: { } extensions } source)
        {
            return;
        }

        Dictionary<string, CodeSection> sections = [];
        foreach (CodeSection section in CodeSection.ReadAll(file))
        {
            sections.TryAdd(section.Section.Name, section);
        }

        foreach (BtfExtSection records in extensions.CoReRelocations.Sections)
        {
            CodeSection? code = sections.GetValueOrDefault(records.Name);
            output.Write($"{records.Name}\n");
            for (int index = 0; index < records.Count; index++)
            {
                uint offset = records.InstructionOffset(index);
                output.Write($"  {code?.Place(offset) ?? $"+{offset}"}: ");
                output.Write($"{CoReFormatter.Format(source.Types, records, index)}\n");
            }
        }
    }
}
