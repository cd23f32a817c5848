using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>A network namespace of this test run, deleted when disposed.</summary>
/// <remarks>The name holds the process ID of the run, so that a later run knows what a dead one left behind.</remarks>
internal sealed class NetworkNamespace : IDisposable
{
    private const string Prefix = "tcpconnlat-test";
    private const string Folder = "/run/netns";

    private NetworkNamespace(string name)
    {
        Name = name;
    }

    /// <summary>The name as <c>ip netns</c> knows it.</summary>
    public string Name { get; }

    /// <summary>What to put before a command so that it runs in the namespace, in the same process.</summary>
    public string[] Prologue => ["ip", "netns", "exec", Name];

    /// <summary>Makes a namespace with its loopback device up.</summary>
    public static NetworkNamespace Create(string role)
    {
        NetworkNamespace created = new(
            string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{Environment.ProcessId}-{role}"));
        ChildProcess.Run("ip", "netns", "add", created.Name);
        created.Ip("link", "set", "lo", "up");
        return created;
    }

    /// <summary>Deletes the namespaces of runs that were killed.</summary>
    public static void RemoveLeftovers()
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        foreach (string path in Directory.GetFiles(Folder, Prefix + "-*"))
        {
            string[] parts = Path.GetFileName(path)[(Prefix.Length + 1)..].Split('-');
            if (!Directory.Exists($"/proc/{parts[0]}"))
            {
                ChildProcess.Run("ip", "netns", "del", Path.GetFileName(path));
            }
        }
    }

    /// <summary>Runs <c>ip</c> in the namespace.</summary>
    public void Ip(params string[] words) => ChildProcess.Run(["ip", "-n", Name, .. words]);

    /// <summary>Sets a sysctl of the namespace.</summary>
    public void SetKernelParameter(string name, string value) =>
        ChildProcess.Run([.. Prologue, "sh", "-c", $"echo {value} > /proc/sys/{name}"]);

    /// <summary>Runs code on a thread of its own that is in the namespace.</summary>
    public void Run(Action action)
    {
        Exception? failure = null;
        Thread thread = new(() => failure = RunInside(action));
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException($"In namespace {Name}: {failure.Message}", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ChildProcess.Run("ip", "netns", "del", Name);

    // The thread ends afterwards, so that no other code ever runs in the namespace.
    private Exception? RunInside(Action action)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(Path.Combine(Folder, Name));
            int descriptor = (int)handle.DangerousGetHandle();
            if (LibC.setns(descriptor, LibC.CLONE_NEWNET) != 0)
            {
                return new InvalidOperationException($"setns: errno {LibC.errno}");
            }

            action();
            return null;
        }
        catch (Exception failure)
        {
            // Leaving the thread would end the whole process: the caller's thread throws it again.
            return failure;
        }
    }
}
