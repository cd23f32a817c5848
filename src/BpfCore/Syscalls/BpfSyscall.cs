using System.Diagnostics.CodeAnalysis;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

/// <summary><c>bpf(2)</c>: one method per command.</summary>
internal sealed unsafe partial class BpfSyscall(SyscallGate gate, SyscallReporter reporter)
{
    // Kernels older than the one we run on today reject attributes with non-zero bytes past what they know, and fill
    // what they were not given with zeros. Leaving out the trailing zeros therefore never changes the meaning, and
    // the size is the end of the last field in use.
    private static uint UsedSize(byte* attributes, int size)
    {
        int used = new ReadOnlySpan<byte>(attributes, size).LastIndexOfAnyExcept((byte)0) + 1;
        return (uint)Math.Min(size, (used + 7) / 8 * 8);
    }

    private static void CopyName(ReadOnlySpan<char> name, ref bpf_obj_name destination)
    {
        Span<byte> bytes = destination;
        int length = Math.Min(name.Length, bpf_obj_name.Length - 1);
        for (int i = 0; i < length; i++)
        {
            char c = name[i];
            // bpf_obj_name_cpy() in kernel/bpf/syscall.c accepts these characters and no others.
            bytes[i] = char.IsAsciiLetterOrDigit(c) || c is '_' or '.' ? (byte)c : (byte)'_';
        }
    }

    // SAFETY: T is one of the Abi structures, pinned here for the duration of the call; the buffers that its address
    // fields name are pinned by the caller.
    private long CallOnce<T>(BpfCommand command, ref T attributes)
        where T : unmanaged
    {
        fixed (T* pointer = &attributes)
        {
            return gate.Bpf(command, pointer, UsedSize((byte*)pointer, sizeof(T)));
        }
    }

    private long Call<T>(BpfCommand command, ref T attributes)
        where T : unmanaged
    {
        long result;
        do
        {
            result = CallOnce(command, ref attributes);
        }
        while (result == -(long)Errno.EINTR);

        return result;
    }

    private bool Opened(long result, [NotNullWhen(true)] out SafeFdHandle? handle, out Errno error)
    {
        error = result.ToErrno();
        handle = error == Errno.None ? new SafeFdHandle(gate, (int)result) : null;
        return handle is not null;
    }

    private void Report(BpfCommand command, string arguments, long result) =>
        reporter.Returned(command.Call(), arguments, result);
}
