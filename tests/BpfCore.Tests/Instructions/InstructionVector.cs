using System.Runtime.InteropServices;
using BpfCore.Instructions;

namespace BpfCore.Tests.Instructions;

/// <summary>A line of instructions.txt.</summary>
internal sealed record InstructionVector(int Line, BpfInstruction[] Slots, string Text)
{
    private const string File = "instructions.txt";

    public static IEnumerable<InstructionVector> ReadAll()
    {
        string[] lines = System.IO.File.ReadAllLines(Fixtures.PathOfVectors(File));
        for (int index = 0; index < lines.Length; index++)
        {
            if (lines[index].Length > 0 && lines[index][0] != '#')
            {
                yield return Read(lines[index], index + 1);
            }
        }
    }

    /// <summary>A failure of this vector, with the place where it stands.</summary>
    public string Failure(string problem) => $"{File}:{Line}: {problem}";

    private static InstructionVector Read(string line, int number)
    {
        string[] fields = line.Split(" | ");
        return fields.Length == 3
            ? new InstructionVector(
                number, MemoryMarshal.Cast<byte, BpfInstruction>(Convert.FromHexString(fields[0]).AsSpan()).ToArray(),
                fields[1])
            : throw new FormatException($"{File}:{number}: expected HEX | TEXT | WHY");
    }
}
