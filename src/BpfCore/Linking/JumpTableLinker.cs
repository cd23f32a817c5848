using System.Buffers.Binary;
using BpfCore.Instructions;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Moves the entries of jump tables from the places that the compiler gave to those in the linked program (libbpf's
/// <c>create_jt_map</c>): from bytes behind the start of the section to instructions behind the start of the program.
/// </summary>
internal sealed class JumpTableLinker(BpfObjectSpec spec)
{
    private const int EntrySize = sizeof(ulong);

    private readonly Dictionary<ulong, uint[]> _tables = [];

    /// <summary>The table of a relocation; the same list for each relocation of the program against it.</summary>
    /// <param name="function">The function with the load of the table's address.</param>
    /// <param name="position">Position of the function's first instruction in the linked program.</param>
    /// <param name="relocation">The relocation.</param>
    /// <exception cref="BpfRelocationException">The table is damaged.</exception>
    public IReadOnlyList<uint> Link(ProgramSpec function, int position, ProgramRelocation relocation)
    {
        if (!_tables.TryGetValue(relocation.SymbolOffset, out uint[]? table))
        {
            table = Move(function, position, relocation);
            _tables.Add(relocation.SymbolOffset, table);
        }

        return table;
    }

    private uint[] Move(ProgramSpec function, int position, ProgramRelocation relocation)
    {
        ReadOnlySpan<byte> bytes = Read(function, relocation);
        uint[] table = new uint[bytes.Length / EntrySize];
        for (int entry = 0; entry < table.Length; entry++)
        {
            ulong place = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(entry * EntrySize)..]);
            long index = (long)(place / BpfInstruction.SizeInBytes) - function.SectionInstruction + position;
            table[entry] = index is >= 0 and <= uint.MaxValue
                ? (uint)index
                : throw Error(
                    function, relocation,
                    $"leads in entry {entry} to byte 0x{place:x} of section {function.RawSectionName}, outside of the "
                    + "program");
        }

        return table;
    }

    private ReadOnlySpan<byte> Read(ProgramSpec function, ProgramRelocation relocation)
    {
        const string Section = BpfObjectSpec.JumpTableSection;
        ReadOnlySpan<byte> all = spec.JumpTables.Span;
        (ulong offset, ulong size) = (relocation.SymbolOffset, relocation.SymbolSize);
        if (offset % EntrySize != 0 || size % EntrySize != 0 || size == 0)
        {
            throw Error(
                function, relocation,
                $"has 0x{size:x} bytes at 0x{offset:x} of section {Section}, expected whole entries of "
                + $"{EntrySize} bytes");
        }

        ulong length = (ulong)all.Length;
        return offset <= length && size <= length - offset
            ? all.Slice((int)offset, (int)size)
            : throw Error(
                function, relocation,
                $"has 0x{size:x} bytes at 0x{offset:x}, past the end of section {Section} (0x{length:x} bytes)");
    }

    private static BpfRelocationException Error(ProgramSpec function, ProgramRelocation relocation, string problem) =>
        new(function.Name, relocation.InstructionIndex, $"jump table {Name(relocation)} {problem}");

    private static string Name(ProgramRelocation relocation) =>
        relocation.Symbol.Length == 0 ? "without a symbol of its own" : relocation.Symbol;
}
