using BpfCore.Instructions;
using BpfCore.Linking;
using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>
/// Writes what the kernel gave for a program's references into its instructions and keeps the maps open until the
/// kernel, which holds a reference from then on, has seen them.
/// </summary>
internal sealed class ReferenceLeases : IDisposable
{
    private readonly List<SafeFdHandle> _held = [];

    public ReferenceLeases(
        LinkedProgram program, IReadOnlyDictionary<MapSpec, BpfMap> maps, Span<BpfInstruction> instructions)
    {
        try
        {
            foreach (ProgramReference reference in program.References)
            {
                Fill(reference, maps, instructions);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (SafeFdHandle handle in _held)
        {
            handle.DangerousRelease();
        }
    }

    private void Fill(
        ProgramReference reference, IReadOnlyDictionary<MapSpec, BpfMap> maps, Span<BpfInstruction> instructions)
    {
        int index = reference.InstructionIndex;
        switch (reference.Kind)
        {
            case ProgramReferenceKind.Map:
                instructions[index] = instructions[index].WithImmediate(Hold(maps[reference.Map!].Handle));
                break;
            case ProgramReferenceKind.MapValue:
                instructions[index] = instructions[index].WithImmediate(Hold(maps[reference.Map!].Handle));
                instructions[index + 1] = instructions[index + 1].WithImmediate(unchecked((int)reference.Offset));
                break;
        }
    }

    private int Hold(SafeFdHandle handle)
    {
        bool added = false;
        handle.DangerousAddRef(ref added);
        _held.Add(handle);
        return (int)handle.DangerousGetHandle();
    }
}
