using BpfCore.Binary;

namespace BpfCore.Btf;

/// <summary>One of the three tables of <c>.BTF.ext</c>: records of one size, grouped by ELF section.</summary>
public sealed class BtfExtTable
{
    private readonly List<BtfExtSection> _sections = [];
    private readonly Dictionary<string, BtfExtSection> _byName = new(StringComparer.Ordinal);

    private BtfExtTable(int recordSize)
    {
        RecordSize = recordSize;
    }

    /// <summary>Size of a record in bytes; may exceed the structure that this library knows.</summary>
    public int RecordSize { get; }

    /// <summary>The groups in file order.</summary>
    public IReadOnlyList<BtfExtSection> Sections => _sections;

    internal static BtfExtTable Empty { get; } = new(0);

    /// <summary>The records about one ELF section, or null when there are none.</summary>
    /// <param name="section">Name of the ELF section.</param>
    public BtfExtSection? Find(string section) => _byName.GetValueOrDefault(section);

    internal static BtfExtTable Read(ByteView data, int minimumRecordSize, BtfFile types)
    {
        uint recordSize = data.ReadUInt32(0, "the record size");
        if (recordSize < minimumRecordSize || recordSize % sizeof(uint) != 0 || recordSize > data.Length)
        {
            throw data.Error(
                0, $"a record size of {recordSize}, expected a multiple of 4, at least {minimumRecordSize}");
        }

        BtfExtTable table = new((int)recordSize);
        long offset = sizeof(uint);
        while (offset < data.Length)
        {
            uint count = data.ReadUInt32(offset + sizeof(uint), "the number of records");
            if (count == 0)
            {
                throw data.Error(offset + sizeof(uint), "a section without records");
            }

            string name = SectionName(data, offset, types);
            long length = count * (long)recordSize;
            offset += BtfNative.sizeof_btf_ext_info_sec;
            table.Add(new BtfExtSection(name, data.Slice(offset, length, "the records"), (int)recordSize));
            offset += length;
        }

        return table;
    }

    // Of several with one name, the first is found.
    private void Add(BtfExtSection section)
    {
        _sections.Add(section);
        _byName.TryAdd(section.Name, section);
    }

    private static string SectionName(ByteView data, long offset, BtfFile types) =>
        types.StringText(data.ReadUInt32(offset, "the section name"));
}
