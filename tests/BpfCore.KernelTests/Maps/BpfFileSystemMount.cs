using System.Diagnostics;
using BpfCore.Kernel;

namespace BpfCore.KernelTests.Maps;

/// <summary>
/// A BPF file system of a test's own, unmounted afterwards; in a guest too, where none may be mounted.
/// </summary>
internal sealed class BpfFileSystemMount : IDisposable
{
    public BpfFileSystemMount()
    {
        LiveKernel.Require(Capability.SysAdmin, Capability.Bpf);
        Root = Directory.CreateTempSubdirectory("bpfcore-pins-").FullName;
        Run("mount", "-t", "bpf", "bpf", Root);
    }

    /// <summary>Where it is mounted.</summary>
    public string Root { get; }

    /// <summary>A path in it.</summary>
    public string this[string name] => Path.Join(Root, name);

    public void Dispose()
    {
        Run("umount", Root);
        Directory.Delete(Root);
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            LiveKernel.SkipOrFail($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }
}
