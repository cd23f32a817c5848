using BpfCore.Instructions;
using BpfCore.Linking;
using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>
/// Writes the descriptors of maps into a program's instructions and keeps the maps open until the kernel, which holds
/// a reference from then on, has seen them.
/// </summary>
internal sealed class MapLeases : IDisposable
{
    private readonly List<SafeFdHandle> _held = [];

    public MapLeases(
        LinkedProgram program, IReadOnlyDictionary<MapSpec, BpfMap> maps, Span<BpfInstruction> instructions)
    {
        try
        {
            foreach (MapReference reference in program.MapReferences)
            {
                ref BpfInstruction instruction = ref instructions[reference.InstructionIndex];
                instruction = instruction.WithImmediate(Hold(maps[reference.Map].Handle));
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

    private int Hold(SafeFdHandle handle)
    {
        bool added = false;
        handle.DangerousAddRef(ref added);
        _held.Add(handle);
        return (int)handle.DangerousGetHandle();
    }
}
