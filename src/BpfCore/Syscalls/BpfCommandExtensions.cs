namespace BpfCore.Syscalls;

/// <summary>Names of commands for messages.</summary>
internal static class BpfCommandExtensions
{
    /// <summary>The call as a manual page would write it: <c>bpf(BPF_MAP_CREATE)</c>.</summary>
    public static string Call(this BpfCommand command) => command switch
    {
        BpfCommand.MapCreate => "bpf(BPF_MAP_CREATE)",
        BpfCommand.MapLookup => "bpf(BPF_MAP_LOOKUP_ELEM)",
        BpfCommand.MapUpdate => "bpf(BPF_MAP_UPDATE_ELEM)",
        BpfCommand.MapDelete => "bpf(BPF_MAP_DELETE_ELEM)",
        BpfCommand.MapGetNextKey => "bpf(BPF_MAP_GET_NEXT_KEY)",
        BpfCommand.ProgramLoad => "bpf(BPF_PROG_LOAD)",
        BpfCommand.ProgramBindMap => "bpf(BPF_PROG_BIND_MAP)",
        BpfCommand.ProgramAttach => "bpf(BPF_PROG_ATTACH)",
        BpfCommand.ProgramDetach => "bpf(BPF_PROG_DETACH)",
        BpfCommand.ObjectPin => "bpf(BPF_OBJ_PIN)",
        BpfCommand.ObjectGet => "bpf(BPF_OBJ_GET)",
        BpfCommand.ProgramTestRun => "bpf(BPF_PROG_TEST_RUN)",
        BpfCommand.ProgramGetNextId => "bpf(BPF_PROG_GET_NEXT_ID)",
        BpfCommand.MapGetNextId => "bpf(BPF_MAP_GET_NEXT_ID)",
        BpfCommand.ProgramGetFdById => "bpf(BPF_PROG_GET_FD_BY_ID)",
        BpfCommand.MapGetFdById => "bpf(BPF_MAP_GET_FD_BY_ID)",
        BpfCommand.ObjectGetInfo => "bpf(BPF_OBJ_GET_INFO_BY_FD)",
        BpfCommand.RawTracepointOpen => "bpf(BPF_RAW_TRACEPOINT_OPEN)",
        BpfCommand.BtfLoad => "bpf(BPF_BTF_LOAD)",
        BpfCommand.BtfGetFdById => "bpf(BPF_BTF_GET_FD_BY_ID)",
        BpfCommand.MapLookupAndDelete => "bpf(BPF_MAP_LOOKUP_AND_DELETE_ELEM)",
        BpfCommand.MapFreeze => "bpf(BPF_MAP_FREEZE)",
        BpfCommand.BtfGetNextId => "bpf(BPF_BTF_GET_NEXT_ID)",
        BpfCommand.MapLookupBatch => "bpf(BPF_MAP_LOOKUP_BATCH)",
        BpfCommand.MapLookupAndDeleteBatch => "bpf(BPF_MAP_LOOKUP_AND_DELETE_BATCH)",
        BpfCommand.MapUpdateBatch => "bpf(BPF_MAP_UPDATE_BATCH)",
        BpfCommand.MapDeleteBatch => "bpf(BPF_MAP_DELETE_BATCH)",
        BpfCommand.EnableStatistics => "bpf(BPF_ENABLE_STATS)",
        BpfCommand.LinkCreate => "bpf(BPF_LINK_CREATE)",
        BpfCommand.LinkUpdate => "bpf(BPF_LINK_UPDATE)",
        BpfCommand.LinkGetFdById => "bpf(BPF_LINK_GET_FD_BY_ID)",
        BpfCommand.LinkGetNextId => "bpf(BPF_LINK_GET_NEXT_ID)",
        BpfCommand.IteratorCreate => "bpf(BPF_ITER_CREATE)",
        BpfCommand.LinkDetach => "bpf(BPF_LINK_DETACH)",
        _ => $"bpf({(int)command})",
    };
}
