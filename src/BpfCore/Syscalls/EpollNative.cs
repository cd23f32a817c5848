using System.Runtime.InteropServices;
using Tmds.Linux;

namespace BpfCore.Syscalls;

/// <summary><c>epoll_wait(2)</c> without what Tmds.LibC does around every call to keep errno for later.</summary>
/// <remarks>
/// A wake-up finds little code in the caches, and this one call is made for each: clearing and fetching errno takes
/// three more functions and a thread-local variable of it. The runtime leaves errno alone on the way out of a call, so
/// whoever looks at once after a failure finds it.
/// </remarks>
internal static unsafe partial class EpollNative
{
    [LibraryImport("libc.so.6")]
    public static partial int epoll_wait(int epfd, epoll_event* events, int maxevents, int timeout);
}
