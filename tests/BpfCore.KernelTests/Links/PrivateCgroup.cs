using System.Diagnostics;
using System.Text;
using BpfCore.Kernel;
using Tmds.Linux;
using Xunit;

namespace BpfCore.KernelTests.Links;

/// <summary>A cgroup of version 2 with this process in it, who leaves it again.</summary>
internal sealed class PrivateCgroup : IDisposable
{
    private const string OwnMount = "/run/bpfcore-tests-cgroup2";

    private readonly string _root;

    public PrivateCgroup()
    {
        LiveKernel.Require(Capability.SysAdmin);
        _root = FindMount() ?? Mount();
        Path = $"{_root}/bpfcore-tests-{Environment.ProcessId}";
        Directory.CreateDirectory(Path);
        Move(Path);
    }

    public string Path { get; }

    /// <summary>Its number, which is that of its directory's inode.</summary>
    public unsafe ulong Id
    {
        get
        {
            stat status;
            fixed (byte* path = Encoding.UTF8.GetBytes(Path + '\0'))
            {
                Assert.Equal(0, LibC.stat(path, &status));
            }

            return (ulong)status.st_ino;
        }
    }

    public void Dispose()
    {
        Move(_root);
        Directory.Delete(Path);
    }

    private static string? FindMount()
    {
        foreach (string line in File.ReadLines("/proc/self/mountinfo"))
        {
            string[] fields = line.Split(' ');
            int separator = Array.IndexOf(fields, "-");
            if (fields[separator + 1] == "cgroup2")
            {
                return fields[4];
            }
        }

        return null;
    }

    private static string Mount()
    {
        Directory.CreateDirectory(OwnMount);
        using Process mount = Process.Start("mount", ["-t", "cgroup2", "cgroup2", OwnMount]);
        mount.WaitForExit();
        Assert.Equal(0, mount.ExitCode);
        return OwnMount;
    }

    private static void Move(string cgroup) => File.WriteAllText($"{cgroup}/cgroup.procs", "0");
}
