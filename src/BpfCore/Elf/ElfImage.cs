using BpfCore.Binary;
using Microsoft.Win32.SafeHandles;

namespace BpfCore.Elf;

/// <summary>
/// A program or library on disk, for probes: where its functions lie in the file. Reads the few tables that this
/// takes, so that the size of the file does not matter.
/// </summary>
/// <remarks>
/// Unlike <see cref="ElfFile"/> it copes with whatever a linker leaves in such files: sections that overlap, long
/// names, both symbol tables.
/// </remarks>
internal sealed class ElfImage : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly long _length;
    private readonly ElfTables _tables;

    private ElfImage(SafeFileHandle file, string path)
    {
        _file = file;
        _length = RandomAccess.GetLength(file);
        Path = path;
        _tables = ElfTables.Read(this);
    }

    /// <summary>Path of the file.</summary>
    public string Path { get; }

    /// <summary><c>e_machine</c>.</summary>
    public ushort Machine => _tables.Machine;

    /// <summary>Whether its addresses are those in memory (<c>ET_EXEC</c>), in every process.</summary>
    public bool IsPlaced => _tables.Type == ElfNative.ET_EXEC;

    /// <summary>Its sections, without their bytes.</summary>
    public IReadOnlyList<ElfSectionHeader> Sections => _tables.Sections;

    /// <summary>Opens a file.</summary>
    /// <exception cref="BpfFormatException">It is no 64-bit little-endian ELF file, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ElfImage Open(string path)
    {
        SafeFileHandle file = File.OpenHandle(path);
        try
        {
            return new ElfImage(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The first section of a name, or null.</summary>
    public ElfSectionHeader? FindSection(string name) => _tables.Sections.Find(section => section.Name == name);

    /// <summary>The bytes of a section; none for one that has none in the file.</summary>
    public ByteView Read(ElfSectionHeader section) => section.HasBytes
        ? ReadPart(section.Offset, section.Size, section.Name)
        : new ByteView(default, Path, section.Name);

    /// <summary>The segment that holds an address of the running program, or null.</summary>
    public ElfSegment? FindSegment(ulong address)
    {
        foreach (ElfSegment segment in _tables.Segments)
        {
            if (segment.Contains(address))
            {
                return segment;
            }
        }

        return null;
    }

    /// <summary>A part of the file; its length is checked before anything of that size is allocated.</summary>
    /// <exception cref="BpfFormatException">It reaches past the end of the file.</exception>
    public ByteView ReadPart(ulong offset, ulong size, string what)
    {
        if (offset > (ulong)_length || size > (ulong)_length - offset || size > (ulong)Array.MaxLength)
        {
            throw new BpfFormatException(
                Path,
                section: null,
                unchecked((long)offset),
                $"{what} (0x{size:x} bytes) reaches past the file's 0x{_length:x}");
        }

        byte[] bytes = new byte[size];
        int read = 0;
        while (read < bytes.Length)
        {
            int count = RandomAccess.Read(_file, bytes.AsSpan(read), (long)offset + read);
            if (count == 0)
            {
                throw new BpfFormatException(Path, section: null, (long)offset + read, $"{what} ends too early");
            }

            read += count;
        }

        return new ByteView(bytes, Path, what);
    }

    public void Dispose() => _file.Dispose();
}
