using System.Buffers.Binary;
using System.Text;

namespace BpfCore.Instructions;

/// <summary>Walks over the slots of a program and yields each instruction as text.</summary>
/// <remarks>A 64-bit immediate load whose second slot is cut off is one unknown instruction.</remarks>
public ref struct Disassembler
{
    private readonly ReadOnlySpan<BpfInstruction> _slots;
    private int _next;

    /// <summary>Starts at the first slot.</summary>
    /// <param name="slots">The program; must stay unchanged during the walk.</param>
    public Disassembler(ReadOnlySpan<BpfInstruction> slots)
    {
        _slots = slots;
    }

    /// <summary>The instruction at the current position.</summary>
    public DisassembledInstruction Current { get; private set; }

    /// <summary>The walk itself, so that <c>foreach</c> can be used.</summary>
    public readonly Disassembler GetEnumerator() => this;

    /// <summary>Goes on to the next instruction; false at the end.</summary>
    public bool MoveNext()
    {
        if (_next >= _slots.Length)
        {
            return false;
        }

        Current = Decode(_next);
        _next += Current.SlotCount;
        return true;
    }

    /// <summary>
    /// A listing with one line for each instruction, as <c>llvm-objdump -d</c> prints it: index, bytes, text.
    /// </summary>
    /// <param name="slots">The program.</param>
    public static string List(ReadOnlySpan<BpfInstruction> slots)
    {
        StringBuilder text = new();
        foreach (DisassembledInstruction line in new Disassembler(slots))
        {
            text.Append($"{line.Index,8}:\t");
            AppendBytes(text, slots.Slice(line.Index, line.SlotCount));
            text.Append('\t').Append(line.Text).Append('\n');
        }

        return text.ToString();
    }

    private static void AppendBytes(StringBuilder text, ReadOnlySpan<BpfInstruction> slots)
    {
        Span<byte> bytes = stackalloc byte[BpfInstruction.SizeInBytes];
        foreach (BpfInstruction slot in slots)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, slot.ToUInt64());
            foreach (byte value in bytes)
            {
                text.Append($"{value:x2} ");
            }
        }

        text.Length--;
    }

    private readonly DisassembledInstruction Decode(int index)
    {
        BpfInstruction instruction = _slots[index];
        if (!instruction.IsLoadImmediate64)
        {
            return new DisassembledInstruction(index, 1, InstructionFormatter.Format(instruction));
        }

        return index + 1 < _slots.Length
            ? new DisassembledInstruction(index, 2, InstructionFormatter.Format(instruction, _slots[index + 1]))
            : new DisassembledInstruction(index, 1, InstructionFormatter.Unknown);
    }
}
