using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace BpfCore.Syscalls;

/// <summary>
/// <c>open(2)</c> and <c>write(2)</c> for the kernel's control files, where the errno of a write is the answer and a
/// write must reach the kernel whole.
/// </summary>
internal sealed unsafe class FileSyscall(SyscallGate gate, SyscallReporter reporter)
{
    // SAFETY: paths and texts are arrays of one method, pinned until the call returns; paths end with a NUL.

    /// <summary><c>open(2)</c> with <c>O_CLOEXEC</c>; nothing is created or truncated.</summary>
    public bool TryOpen(
        string path, FileAccessMode mode, [NotNullWhen(true)] out SafeFdHandle? file, out Errno error)
    {
        long result;

        // SAFETY: pinned for the duration of the call and closed by a NUL.
        fixed (byte* terminated = Encoding.UTF8.GetBytes(path + '\0'))
        {
            do
            {
                result = gate.Open(terminated, mode);
            }
            while (result == -(long)Errno.EINTR);
        }

        if (reporter.IsWatched)
        {
            reporter.Returned("open", $"path={path} mode={mode}", result);
        }

        error = result.ToErrno();
        file = error == Errno.None ? new SafeFdHandle(gate, (int)result) : null;
        return file is not null;
    }

    /// <summary><c>pidfd_open(2)</c>: a descriptor that stands for a process.</summary>
    public bool TryOpenProcess(
        int processId, [NotNullWhen(true)] out SafeFdHandle? process, out Errno error)
    {
        long result = gate.OpenProcess(processId);
        if (reporter.IsWatched)
        {
            reporter.Returned("pidfd_open", $"pid={processId}", result);
        }

        error = result.ToErrno();
        process = error == Errno.None ? new SafeFdHandle(gate, (int)result) : null;
        return process is not null;
    }

    /// <summary>Writes <paramref name="text"/> to a control file in one <c>write(2)</c>.</summary>
    public Errno Write(SafeFdHandle file, string text)
    {
        using FdLease lease = file.Lease();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        long result;

        // SAFETY: pinned for the duration of the call, which gets the array's length.
        fixed (byte* pointer = bytes)
        {
            do
            {
                result = gate.Write(lease.Value, pointer, (nuint)bytes.Length);
            }
            while (result == -(long)Errno.EINTR);
        }

        if (reporter.IsWatched)
        {
            reporter.Returned("write", $"fd={lease.Value} text={text.TrimEnd()}", result);
        }

        return result.ToErrno();
    }

    /// <summary><c>read(2)</c>; EAGAIN is tried again, as an iterator answers so when it has to begin anew.</summary>
    /// <param name="file">The descriptor.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="count">How many came; 0 at the end.</param>
    public Errno Read(SafeFdHandle file, Span<byte> buffer, out int count)
    {
        using FdLease lease = file.Lease();
        long result;

        // SAFETY: pinned for the duration of the call, which gets the buffer's length.
        fixed (byte* pointer = buffer)
        {
            do
            {
                result = gate.Read(lease.Value, pointer, (nuint)buffer.Length);
            }
            while (result is -(long)Errno.EINTR or -(long)Errno.EAGAIN);
        }

        count = (int)Math.Max(result, 0);
        return result.ToErrno();
    }
}
