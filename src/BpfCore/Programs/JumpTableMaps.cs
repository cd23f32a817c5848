using System.Buffers.Binary;
using BpfCore.Linking;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>
/// The instruction arrays of one program: frozen maps with the places that its indirect jumps may go to. The kernel
/// keeps them with the program, so they are closed once it is loaded.
/// </summary>
internal sealed class JumpTableMaps(SystemCalls calls, string program) : IDisposable
{
    // struct bpf_insn_array_value of include/uapi/linux/bpf.h: orig_off, then what the kernel itself fills in.
    private const int ValueSize = 16;

    // Tables of one program share their list, and lists are compared by identity.
    private readonly Dictionary<IReadOnlyList<uint>, SafeFdHandle> _maps = [];

    private string Subject => $"jump table of program {program}";

    /// <summary>The array for a reference; made when it is asked for first.</summary>
    /// <exception cref="KernelFeatureException">The kernel has no instruction arrays (before 6.19).</exception>
    /// <exception cref="SyscallException">It refused this one.</exception>
    public SafeFdHandle Open(ProgramReference reference)
    {
        if (!_maps.TryGetValue(reference.JumpTable, out SafeFdHandle? map))
        {
            map = Create(reference.JumpTable);
            _maps.Add(reference.JumpTable, map);
            Fill(map, reference.JumpTable);
        }

        return map;
    }

    public void Dispose()
    {
        foreach (SafeFdHandle map in _maps.Values)
        {
            map.Dispose();
        }
    }

    private SafeFdHandle Create(IReadOnlyList<uint> table)
    {
        MapCreateRequest request = new()
        {
            Name = ".jumptables",
            Type = (uint)MapType.InstructionArray,
            KeySize = sizeof(uint),
            ValueSize = ValueSize,
            MaxEntries = (uint)table.Count,
        };
        if (calls.Bpf.TryMapCreate(request, out SafeFdHandle? map, out Errno error))
        {
            return map;
        }

        throw error == Errno.EINVAL
            ? new KernelFeatureException(
                Subject,
                "the kernel has no indirect jumps (BPF_MAP_TYPE_INSN_ARRAY, Linux 6.19); compile with -fno-jump-tables")
            : calls.Failure(BpfCommand.MapCreate.Call(), Subject, error);
    }

    private void Fill(SafeFdHandle map, IReadOnlyList<uint> table)
    {
        Span<byte> key = stackalloc byte[sizeof(uint)];
        Span<byte> value = stackalloc byte[ValueSize];
        value.Clear();
        for (int entry = 0; entry < table.Count; entry++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(key, entry);
            BinaryPrimitives.WriteUInt32LittleEndian(value, table[entry]);
            Check(calls.Bpf.MapUpdate(map, key, value, flags: 0), BpfCommand.MapUpdate);
        }

        Check(calls.Bpf.MapFreeze(map), BpfCommand.MapFreeze);
    }

    private void Check(Errno error, BpfCommand command)
    {
        if (error != Errno.None)
        {
            throw calls.Failure(command.Call(), Subject, error);
        }
    }
}
