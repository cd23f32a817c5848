using System.Diagnostics.CodeAnalysis;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>Names of maps, programs and links in a BPF file system.</summary>
internal static class BpfPin
{
    /// <summary>Pins something; directories on the way to it are made.</summary>
    /// <exception cref="SyscallException">
    /// The kernel refused: EEXIST when the path is taken, EPERM when it is in no BPF file system.
    /// </exception>
    public static void Create(SystemCalls calls, SafeFdHandle target, string path, string subject)
    {
        if (TryCreate(calls, target, path, subject) is Errno error and not Errno.None)
        {
            throw Failure(calls, BpfCommand.ObjectPin, path, subject, error);
        }
    }

    /// <summary>As <see cref="Create"/>, but a path that is taken is the answer EEXIST.</summary>
    public static Errno TryCreate(SystemCalls calls, SafeFdHandle target, string path, string subject)
    {
        if (BpfFileSystem.AdviceFor(KernelFiles.Host, path) is string advice)
        {
            throw new KernelFeatureException($"pin of {subject} at {path}", advice);
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory && !Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
        }

        return calls.Bpf.ObjectPin(target, path);
    }

    /// <summary>Opens what is pinned; false when there is nothing at the path.</summary>
    /// <exception cref="SyscallException">It may not be opened, or is no object of BPF.</exception>
    public static bool TryOpen(
        SystemCalls calls, string path, string subject, [NotNullWhen(true)] out SafeFdHandle? pinned)
    {
        if (calls.Bpf.TryObjectGet(path, out pinned, out Errno error))
        {
            return true;
        }

        return error == Errno.ENOENT ? false : throw Failure(calls, BpfCommand.ObjectGet, path, subject, error);
    }

    /// <summary>Removes the name. What it named lives on while anything else holds it.</summary>
    /// <returns>False if there is none.</returns>
    public static bool Remove(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        File.Delete(path);
        return true;
    }

    private static SyscallException Failure(
        SystemCalls calls, BpfCommand command, string path, string subject, Errno error)
    {
        string what = $"{subject}: pin {path}";
        string? advice = error == Errno.EEXIST
            ? "something is pinned there already"
            : BpfFileSystem.AdviceFor(KernelFiles.Host, path);
        return advice is null
            ? calls.Failure(command.Call(), what, error)
            : new SyscallException(command.Call(), what, (int)error, error.Symbol(), error.Text(), advice);
    }
}
