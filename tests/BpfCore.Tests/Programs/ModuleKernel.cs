using System.Text;
using BpfCore.Instructions;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using BpfCore.Tests.Syscalls;

namespace BpfCore.Tests.Programs;

/// <summary>A kernel that has loaded types with the given ids and names, and keeps the programs it is given.</summary>
internal sealed unsafe class ModuleKernel : FakeGate
{
    private readonly Dictionary<int, string> _opened = [];

    public SortedDictionary<uint, string> Modules { get; } =
        new() { [1] = "vmlinux", [2] = "", [3] = "nf_conntrack", [4] = "other" };

    /// <summary>Instructions of the programs, each with the descriptors that they were given with.</summary>
    public List<(BpfInstruction[] Instructions, string[] Descriptors)> Programs { get; } = [];

    /// <summary>Number of modules that programs expect among their descriptors.</summary>
    public int DescriptorCount { get; init; }

    public string NameOf(int descriptor) => _opened.GetValueOrDefault(descriptor, "");

    public override long MapMemory(
        nuint length, MemoryProtection protection, MemorySharing sharing, int fd, long offset) =>
        -(long)Errno.ENODEV;

    protected override long Perform(BpfCommand command, void* attributes) => command switch
    {
        BpfCommand.BtfGetNextId => NextId((bpf_attr_get_id*)attributes),
        BpfCommand.BtfGetFdById => Open(((bpf_attr_get_id*)attributes)->btf_id),
        BpfCommand.ObjectGetInfo => Describe((bpf_attr_info*)attributes),
        BpfCommand.ProgramLoad => Load((bpf_attr_prog_load*)attributes),
        _ => base.Perform(command, attributes),
    };

    private long Load(bpf_attr_prog_load* program)
    {
        ReadOnlySpan<BpfInstruction> instructions = new((void*)program->insns, (int)program->insn_cnt);
        ReadOnlySpan<int> descriptors = program->fd_array == 0
            ? []
            : new ReadOnlySpan<int>((void*)program->fd_array, DescriptorCount + 1);
        string[] names = new string[descriptors.Length];
        for (int index = 0; index < names.Length; index++)
        {
            names[index] = NameOf(descriptors[index]);
        }

        Programs.Add((instructions.ToArray(), names));
        return NewDescriptor();
    }

    private long NextId(bpf_attr_get_id* attributes)
    {
        foreach (uint id in Modules.Keys)
        {
            if (id > attributes->start_id)
            {
                attributes->next_id = id;
                return 0;
            }
        }

        return -(long)Errno.ENOENT;
    }

    private long Open(uint id)
    {
        int descriptor = (int)NewDescriptor();
        _opened[descriptor] = Modules[id];
        return descriptor;
    }

    private long Describe(bpf_attr_info* attributes)
    {
        bpf_btf_info* info = (bpf_btf_info*)attributes->info;
        Encoding.ASCII.GetBytes(_opened[(int)attributes->bpf_fd] + '\0')
            .CopyTo(new Span<byte>((void*)info->name, (int)info->name_len));
        return 0;
    }
}
