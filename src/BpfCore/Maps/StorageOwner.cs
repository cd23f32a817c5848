using System.Runtime.InteropServices;
using BpfCore.Kernel;
using BpfCore.Syscalls;

namespace BpfCore.Maps;

/// <summary>
/// Opens what local storage maps hang their values on. A socket needs no opening: its <c>SafeHandle</c> will do.
/// </summary>
public static class StorageOwner
{
    /// <summary>A cgroup, for <c>BPF_MAP_TYPE_CGRP_STORAGE</c> and cgroup arrays.</summary>
    /// <param name="directory">Its directory, for example <c>/sys/fs/cgroup/system.slice</c> (cgroup 2).</param>
    /// <returns>The handle; the caller owns it.</returns>
    /// <exception cref="SyscallException">It cannot be opened.</exception>
    public static SafeHandle OpenCgroup(string directory) => OpenFile(directory);

    /// <summary>An inode, for <c>BPF_MAP_TYPE_INODE_STORAGE</c>.</summary>
    /// <param name="path">A file or directory.</param>
    /// <returns>The handle; the caller owns it.</returns>
    /// <exception cref="SyscallException">It cannot be opened.</exception>
    public static SafeHandle OpenFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SystemCalls calls = RunningKernel();
        return calls.Files.TryOpen(path, FileAccessMode.Read, out SafeFdHandle? handle, out Errno error)
            ? handle
            : throw calls.Failure("open", path, error);
    }

    /// <summary>The main thread of a process, for <c>BPF_MAP_TYPE_TASK_STORAGE</c> (<c>pidfd_open(2)</c>).</summary>
    /// <param name="processId">Id of the process.</param>
    /// <returns>The handle; the caller owns it.</returns>
    /// <exception cref="SyscallException">There is no such process.</exception>
    public static SafeHandle OpenTask(int processId)
    {
        SystemCalls calls = RunningKernel();
        return calls.Files.TryOpenProcess(processId, out SafeFdHandle? handle, out Errno error)
            ? handle
            : throw calls.Failure("pidfd_open", $"process {processId}", error);
    }

    private static SystemCalls RunningKernel() =>
        new(LinuxSyscallGate.Instance, observer: null, PermissionAdvice.For);
}
