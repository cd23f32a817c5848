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
    private readonly IReadOnlyDictionary<MapSpec, BpfMap> _maps;
    private readonly ModuleDescriptors _modules;
    private readonly JumpTableMaps _tables;

    /// <summary>Fills in the references of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="maps">The object's maps.</param>
    /// <param name="modules">Gives the descriptors of modules; they stay open.</param>
    /// <param name="tables">Makes instruction arrays.</param>
    /// <param name="instructions">The program's instructions.</param>
    public ReferenceLeases(
        LinkedProgram program,
        IReadOnlyDictionary<MapSpec, BpfMap> maps,
        ModuleDescriptors modules,
        JumpTableMaps tables,
        Span<BpfInstruction> instructions)
    {
        _maps = maps;
        _modules = modules;
        _tables = tables;
        try
        {
            foreach (ProgramReference reference in program.References)
            {
                Fill(reference, instructions[reference.InstructionIndex..]);
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

    private void Fill(ProgramReference reference, Span<BpfInstruction> code)
    {
        switch (reference.Kind)
        {
            case ProgramReferenceKind.Map:
                code[0] = code[0].WithImmediate(Hold(_maps[reference.Map!].Handle));
                break;
            case ProgramReferenceKind.MapValue:
                BpfMap map = _maps[reference.Map!];
                FillLoad(code, Hold(map.Handle), Offset(reference, map));
                break;
            case ProgramReferenceKind.KernelVariable:
                FillLoad(code, TypeIdOf(reference), _modules.Open(reference.Extern!));
                break;
            case ProgramReferenceKind.KernelSymbol:
                ulong address = reference.Extern!.Address;
                FillLoad(code, unchecked((int)address), unchecked((int)(address >> 32)));
                break;
            case ProgramReferenceKind.KernelFunction:
                _modules.Open(reference.Extern!);
                code[0] = code[0].WithImmediate(TypeIdOf(reference));
                break;
            case ProgramReferenceKind.JumpTable:
                FillLoad(code, Hold(_tables.Open(reference)), unchecked((int)reference.Offset));
                break;
            default:
                throw new InvalidOperationException($"reference to {reference.Name} of kind {reference.Kind}");
        }
    }

    private static void FillLoad(Span<BpfInstruction> code, int first, int second)
    {
        code[0] = code[0].WithImmediate(first);
        code[1] = code[1].WithImmediate(second);
    }

    private static int TypeIdOf(ProgramReference reference) => (int)reference.Extern!.Type!.Value.Id.Value;

    // The linker puts the variables of an arena at its end, where not every kernel lets programs reach.
    private static int Offset(ProgramReference reference, BpfMap map)
    {
        long moved = map.Arena is { } arena ? (long)(reference.Map!.ContentsOffset - arena.VariablesOffset) : 0;
        return unchecked((int)(reference.Offset - moved));
    }

    private int Hold(SafeFdHandle handle)
    {
        bool added = false;
        handle.DangerousAddRef(ref added);
        _held.Add(handle);
        return (int)handle.DangerousGetHandle();
    }
}
