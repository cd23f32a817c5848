using System.Buffers.Binary;
using BpfCore.Btf;
using BpfCore.CoRe;

namespace BpfCore.Tests.CoRe;

/// <summary>Writes the table core_relo of a .BTF.ext section.</summary>
internal sealed class CoReRecords(BtfBuilder local)
{
    private readonly List<(string Section, List<uint> Words)> _sections = [];

    /// <summary>Size of a record in bytes; what exceeds 16 is filled with ones.</summary>
    public int RecordSize { get; init; } = 16;

    /// <summary>Adds a record to a section; the instruction is counted from the start of that section.</summary>
    public CoReRecords Add(
        string section, int instruction, CoReRelocationKind kind, uint type, string access) =>
        AddAtByte(section, (uint)instruction * 8, kind, type, access);

    /// <summary>Adds a record about any byte of a section.</summary>
    public CoReRecords AddAtByte(string section, uint offset, CoReRelocationKind kind, uint type, string access)
    {
        if (_sections.Count == 0 || _sections[^1].Section != section)
        {
            _sections.Add((section, []));
        }

        List<uint> words = _sections[^1].Words;
        words.AddRange([offset, type, local.String(access), (uint)kind]);
        words.AddRange(Enumerable.Repeat(uint.MaxValue, (RecordSize - 16) / sizeof(uint)));
        return this;
    }

    /// <summary>Reads the section against the finished types. Strings must not be added after that.</summary>
    public BtfExtTable Build(out BtfFile types)
    {
        List<uint> table = [(uint)RecordSize];
        foreach ((string section, List<uint> words) in _sections)
        {
            table.AddRange([local.String(section), (uint)(words.Count * sizeof(uint) / RecordSize), .. words]);
        }

        uint[] header = [0x0001_EB9F, 32, 0, 0, 0, 0, 0, (uint)table.Count * sizeof(uint)];
        types = local.Build("object");
        return BtfExt.Read(ToBytes([.. header, .. table]), "object", types).CoReRelocations;
    }

    private static byte[] ToBytes(uint[] words)
    {
        byte[] bytes = new byte[words.Length * sizeof(uint)];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), words[i]);
        }

        return bytes;
    }
}
