using BpfCore.Btf;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Programs;

/// <summary>The types that a program was loaded with, read back from the kernel.</summary>
internal sealed class ProgramBtf(BpfProgram program)
{
    /// <summary>The type id of a function.</summary>
    /// <exception cref="InvalidOperationException">The program has no BTF, or no such function in it.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public uint FindFunction(string name) => Read().TryFind(name, BtfKind.Function, out BtfType type)
        ? type.Id.Value
        : throw new InvalidOperationException($"{program} has no function {name}; its BTF must hold it");

    private BtfFile Read()
    {
        BpfSyscall bpf = program.Calls.Bpf;
        bpf_prog_info info = default;
        bpf.ObjectGetInfo(program.Handle, ref info, program.ToString());
        if (info.btf_id == 0)
        {
            throw new InvalidOperationException($"{program} was loaded without BTF; compile its object with -g");
        }

        if (!bpf.TryBtfGetFdById(info.btf_id, out SafeFdHandle? btf, out Errno error))
        {
            throw program.Calls.Failure(BpfCommand.BtfGetFdById.Call(), $"BTF of {program}", error);
        }

        using (btf)
        {
            return BtfFile.Read(bpf.GetBtfData(btf), $"BTF of {program.Name}");
        }
    }
}
