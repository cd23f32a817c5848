using System.Runtime.InteropServices;
using Tmds.Linux;

namespace TcpConnLat;

/// <summary>The system calls of the tool itself, through the one function of libc that BpfCore calls too.</summary>
/// <remarks>
/// The runtime makes the way into each function of libc while the program runs, also where all else was compiled
/// before.
/// </remarks>
internal static class SystemCall
{
    /// <summary><c>__NR_fcntl</c>.</summary>
    public static int Control { get; } = Select(x64: 72, arm64: 25);

    /// <summary><c>__NR_rt_sigaction</c>.</summary>
    public static int SignalAction { get; } = Select(x64: 13, arm64: 134);

    /// <summary><c>__NR_write</c>.</summary>
    public static int Write { get; } = Select(x64: 1, arm64: 64);

    /// <summary>Calls the kernel; pointers must stay valid until it returns.</summary>
    /// <param name="number">Number of the call.</param>
    /// <param name="first">Its first argument.</param>
    /// <param name="second">The second one.</param>
    /// <param name="third">The third one.</param>
    /// <param name="fourth">The fourth one.</param>
    /// <returns>Its result; -1 for an error, which <see cref="LibC.errno"/> then is.</returns>
    public static long Invoke(
        int number,
        syscall_arg first,
        syscall_arg second = default,
        syscall_arg third = default,
        syscall_arg fourth = default)
    {
        // As many arguments as BpfCore passes: each number of them would be a way of its own.
        ssize_t result = LibC.syscall(number, first, second, third, fourth, 0, 0);
        return result;
    }

    private static int Select(int x64, int arm64) =>
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? arm64 : x64;
}
