using System.Buffers.Binary;
using BpfCore.Btf;
using BpfCore.Instructions;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Function or line records of a linked program. <c>.BTF.ext</c> counts in bytes from the start of the section, the
/// kernel in instructions from the start of the program (libbpf's <c>adjust_prog_btf_ext_info</c>).
/// </summary>
internal sealed class LinkedRecords(BtfExtTable? table)
{
    private byte[] _bytes = [];
    private bool _isGivenUp = table is null;

    /// <summary>Size of a record in bytes.</summary>
    public int RecordSize => table?.RecordSize ?? 0;

    /// <summary>Number of records.</summary>
    public int Count => _bytes.Length == 0 ? 0 : _bytes.Length / RecordSize;

    /// <summary>The records one after the other.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Adds the records of a function that was placed at <paramref name="position"/>.</summary>
    /// <remarks>
    /// When the program itself has no records, those of its subprograms are dropped: the kernel wants all or none.
    /// </remarks>
    /// <exception cref="BpfFormatException">A subprogram has no records although its caller has.</exception>
    public void Append(ProgramSpec function, int position)
    {
        if (_isGivenUp)
        {
            return;
        }

        BtfExtSection? section = table!.Find(function.RawSectionName);
        (int first, int count) = section is null ? default : Range(section, function);
        if (count == 0)
        {
            _isGivenUp = _bytes.Length == 0;
            if (!_isGivenUp)
            {
                throw new BpfFormatException(
                    function.Name, ".BTF.ext", 0, "a subprogram without function or line information");
            }

            return;
        }

        Copy(section!, first, count, position - function.SectionInstruction);
    }

    /// <summary>Changes the type that each <c>struct bpf_func_info</c> refers to.</summary>
    /// <param name="type">Gives for the id of a function the one that is to stand there.</param>
    public void Redirect(Func<uint, uint> type)
    {
        for (int record = 0; record < Count; record++)
        {
            Span<byte> id = _bytes.AsSpan((record * RecordSize) + sizeof(uint), sizeof(uint));
            BinaryPrimitives.WriteUInt32LittleEndian(id, type(BinaryPrimitives.ReadUInt32LittleEndian(id)));
        }
    }

    private static (int First, int Count) Range(BtfExtSection section, ProgramSpec function)
    {
        long start = (long)function.SectionInstruction * BpfInstruction.SizeInBytes;
        long end = start + ((long)function.Instructions.Length * BpfInstruction.SizeInBytes);
        int first = FindFirst(section, start);
        return (first, FindFirst(section, end) - first);
    }

    // Records are sorted by offset. Gives the first one at the offset or behind it.
    private static int FindFirst(BtfExtSection section, long offset)
    {
        int low = 0;
        int high = section.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = section.InstructionOffset(middle) < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Copy(BtfExtSection section, int first, int count, int shift)
    {
        int size = _bytes.Length;
        Array.Resize(ref _bytes, size + (count * RecordSize));
        for (int index = 0; index < count; index++)
        {
            Span<byte> target = _bytes.AsSpan(size + (index * RecordSize), RecordSize);
            section[first + index].CopyTo(target);
            int instruction = (int)(section.InstructionOffset(first + index) / BpfInstruction.SizeInBytes);
            BinaryPrimitives.WriteInt32LittleEndian(target, instruction + shift);
        }
    }
}
