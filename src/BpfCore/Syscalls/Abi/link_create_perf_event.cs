namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>perf_event</c> of <c>link_create</c>.</summary>
internal struct link_create_perf_event
{
    public ulong bpf_cookie;
}
