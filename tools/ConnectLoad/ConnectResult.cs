using System.Net;

namespace ConnectLoad;

/// <summary>What one connect came to.</summary>
/// <param name="Kind">How it was made.</param>
/// <param name="Local">This side; after a refused blocking connect the kernel has forgotten the address.</param>
/// <param name="Remote">The other side.</param>
/// <param name="StartNanoseconds">Just before connect; CLOCK_MONOTONIC, the clock of <c>bpf_ktime_get_ns</c>.</param>
/// <param name="DurationNanoseconds">From then until connect returned, or until POLLOUT.</param>
/// <param name="Errno">0, or why it failed.</param>
internal readonly record struct ConnectResult(
    ConnectKind Kind, IPEndPoint Local, IPEndPoint Remote, long StartNanoseconds, long DurationNanoseconds, int Errno)
{
    /// <summary>One line of <c>name=value</c>; comm is last because it may hold spaces.</summary>
    public string ToLine(string comm) =>
        $"result kind={ConnectRequest.NameOf(Kind)} pid={Environment.ProcessId} local={Local} remote={Remote}"
        + $" start_ns={StartNanoseconds} duration_ns={DurationNanoseconds} errno={Errno} comm={comm}";
}
