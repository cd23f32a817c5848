using System.Text;
using BpfCore.Binary;

namespace BpfCore.Elf;

/// <summary>
/// Reads the USDT probes of a program or library (section <c>.note.stapsdt</c>, SystemTap's
/// UserSpaceProbeImplementation).
/// </summary>
internal static class UsdtNotes
{
    private const string Section = ".note.stapsdt";
    private const string BaseSection = ".stapsdt.base";
    private const uint ProbeType = 3;
    private const int Addresses = 3 * sizeof(ulong);

    /// <summary>All probes, in file order; none for a file without the section.</summary>
    /// <exception cref="BpfFormatException">The notes are damaged.</exception>
    public static List<UsdtNote> Read(ElfImage image)
    {
        List<UsdtNote> probes = [];
        if (image.FindSection(Section) is not ElfSectionHeader section)
        {
            return probes;
        }

        ulong linkedBase = image.FindSection(BaseSection)?.Address ?? 0;
        ByteView notes = image.Read(section);
        long offset = 0;
        while (offset < notes.Length)
        {
            long nameSize = notes.ReadUInt32(offset + ElfNative.n_namesz, "n_namesz");
            long size = notes.ReadUInt32(offset + ElfNative.n_descsz, "n_descsz");
            uint type = notes.ReadUInt32(offset + ElfNative.n_type, "n_type");
            long name = offset + ElfNative.sizeof_Elf64_Nhdr;
            long description = name + Align(nameSize);
            if (type == ProbeType && notes.Bytes(name, nameSize, "a note's name").SequenceEqual("stapsdt\0"u8))
            {
                probes.Add(ReadProbe(notes.Slice(description, size, "a probe"), linkedBase));
            }

            offset = description + Align(size);
        }

        return probes;
    }

    private static long Align(long size) => (size + 3) & ~3L;

    // prelink moves a library after it was linked and adjusts section headers, but no notes: how far, the section that
    // serves as a marker tells.
    private static UsdtNote ReadProbe(ByteView note, ulong linkedBase)
    {
        ulong notedBase = note.ReadUInt64(sizeof(ulong), "the base address");
        ulong moved = linkedBase != 0 && notedBase != 0 ? unchecked(linkedBase - notedBase) : 0;
        long offset = Addresses;
        string provider = ReadText(note, ref offset, "the provider");
        string name = ReadText(note, ref offset, "the name");
        string arguments = ReadText(note, ref offset, "the arguments");
        return new UsdtNote(
            provider,
            name,
            arguments,
            unchecked(note.ReadUInt64(0, "the address") + moved),
            note.ReadUInt64(2 * sizeof(ulong), "the semaphore"));
    }

    private static string ReadText(ByteView note, ref long offset, string what)
    {
        ReadOnlySpan<byte> rest = note.Bytes(offset, note.Length - offset, what);
        int length = rest.IndexOf((byte)0);
        if (length < 0)
        {
            throw note.Error(offset, $"{what} does not end with a NUL byte");
        }

        offset += length + 1;
        return Encoding.UTF8.GetString(rest[..length]);
    }
}
