using System.Buffers.Binary;
using BpfCore.Btf;

namespace BpfCore.Tests.Hostile;

/// <summary>
/// Damage to a kernel's types, and what it can have touched: looking at all of 126,000 types 10,000 times over would
/// take an hour.
/// </summary>
internal sealed class KernelDamage
{
    private const int Neighbours = 8;
    private const int Strangers = 32;

    private readonly BtfFile _intact;
    private readonly ReadOnlyMemory<byte> _data;
    private readonly (uint Name, uint Id)[] _names;

    public KernelDamage(BtfFile intact)
    {
        _intact = intact;
        _data = intact.Data;
        _names = new (uint, uint)[intact.Types.Count];
        int index = 0;
        foreach (BtfType type in intact.Types)
        {
            _names[index++] = (BinaryPrimitives.ReadUInt32LittleEndian(type.Record), type.Id.Value);
        }

        Array.Sort(_names);
    }

    /// <summary>Cuts of the file and of its two sections, changes of the header, of types and of strings.</summary>
    public IEnumerable<Damage> Sample(int count, int seed)
    {
        Random random = new(seed);
        int length = _data.Length;
        int types = _intact.TypeSectionLength;
        int strings = _intact.StringSectionLength;
        for (int sample = 0; sample < count; sample++)
        {
            yield return (sample % 10) switch
            {
                0 or 1 => new Damage(random.Next(length)),
                2 => new Damage(length, BtfNative.btf_header_type_len, 4, (ulong)random.Next(types)),
                3 => new Damage(length, BtfNative.btf_header_str_len, 4, (ulong)random.Next(strings)),
                4 or 5 => Change(random, 0, BtfNative.sizeof_btf_header),
                6 => Change(random, _intact.StringSectionOffset, strings),
                _ => Change(random, _intact.TypeSectionOffset, types),
            };
        }
    }

    /// <summary>Looks at the types around the damage, at those that it named, and at some by chance.</summary>
    public void Walk(BtfFile file, Damage damage, bool full)
    {
        if (full)
        {
            BtfWalk.Structure(file);
            return;
        }

        foreach (uint id in Touched(file, damage))
        {
            if (id < (uint)file.TypeCount)
            {
                BtfWalk.Structure(file[new BtfTypeId(id)]);
                BtfWalk.Text(file[new BtfTypeId(id)]);
            }
        }
    }

    private Damage Change(Random random, int start, int length)
    {
        int offset = start + random.Next(length);
        byte value = _data.Span[offset];
        byte changed = random.Next(5) switch
        {
            0 => 0,
            1 => 0xFF,
            2 => (byte)(value ^ 0x80),
            3 => unchecked((byte)(value + 1)),
            _ => (byte)random.Next(256),
        };
        return new Damage(_data.Length, offset, sizeof(byte), changed == value ? unchecked((byte)~value) : changed);
    }

    private IEnumerable<uint> Touched(BtfFile file, Damage damage)
    {
        Random random = new(damage.Offset);
        for (int stranger = 0; stranger < Strangers; stranger++)
        {
            yield return (uint)random.Next(file.TypeCount);
        }

        if (file.Types.Count == 0)
        {
            yield break;
        }

        uint near = damage.Offset < _intact.StringSectionOffset
            ? FindRecord(file, damage.Offset - file.TypeSectionOffset)
            : FindNamed((uint)(damage.Offset - _intact.StringSectionOffset));
        for (uint id = Math.Max(near, Neighbours) - Neighbours; id <= near + Neighbours; id++)
        {
            yield return id;
        }
    }

    // The last record that starts at or in front of the offset.
    private static uint FindRecord(BtfFile file, int offset)
    {
        uint low = 1;
        uint high = (uint)Math.Max(file.TypeCount - 1, 1);
        while (low < high)
        {
            uint middle = (low + high + 1) / 2;
            (low, high) = file.RecordOffset(new BtfTypeId(middle)) <= offset ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private uint FindNamed(uint stringOffset)
    {
        int index = Array.BinarySearch(_names, (stringOffset, uint.MaxValue));
        return _names[Math.Clamp(~index - 1, 0, _names.Length - 1)].Id;
    }
}
