using System.Globalization;
using System.Runtime.InteropServices;
using BpfCore.Links;
using BpfCore.Maps;
using BpfCore.Objects;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Objects;

/// <summary>What the iterators of <c>obj-iterators</c> show, beside what the kernel says elsewhere.</summary>
public sealed class IteratorLiveTests
{
    [Fact]
    public void Read_Tasks_AreTheThreadsOfProc()
    {
        LiveKernel.RequireTracing();
        using BpfObject bpf = Load("each_task");
        using BpfIterator iterator = Assert.IsType<BpfIterator>(BpfLink.Attach(bpf.Programs["each_task"]));
        HashSet<int> before = Processes();

        ReadOnlySpan<int> shown = MemoryMarshal.Cast<byte, int>(ReadAll(iterator));

        HashSet<int> after = Processes();
        HashSet<int> seen = [];
        int[] ownThreads = OwnThreads();
        List<int> ownSeen = [];
        for (int i = 0; i < shown.Length; i += 2)
        {
            seen.Add(shown[i]);
            if (shown[i] == Environment.ProcessId)
            {
                ownSeen.Add(shown[i + 1]);
            }
        }

        Assert.Equal((ulong)shown.Length / 2, bpf.Variables["tasks"].Get<ulong>());
        Assert.Empty(before.Intersect(after).Except(seen));
        Assert.Equal(ownSeen.Distinct().Count(), ownSeen.Count);
        Assert.Contains(Environment.ProcessId, ownSeen.Intersect(ownThreads));
    }

    [Fact]
    public void Read_Maps_AreThoseThatTheKernelLists()
    {
        LiveKernel.RequireTracing();
        using BpfObject bpf = Load("each_map");
        using BpfIterator iterator = Assert.IsType<BpfIterator>(BpfLink.Attach(bpf.Programs["each_map"]));
        HashSet<uint> before = [.. BpfMap.Ids()];

        uint[] shown = MemoryMarshal.Cast<byte, uint>(ReadAll(iterator)).ToArray();

        Assert.Contains(bpf.Maps[".bss"].GetInfo().Id, shown);
        Assert.Equal(shown.Distinct().Count(), shown.Length);
        Assert.Empty(before.Intersect(BpfMap.Ids()).Except(shown));
    }

    private static BpfObject Load(string program)
    {
        BpfObjectSpec spec = ObjectFixture.Read("iterators");
        foreach (ProgramSpec other in spec.Programs)
        {
            other.AutoLoad = other.Name == program;
            other.Flags &= ~ProgramFlags.Sleepable; // those of maps are not attached otherwise
        }

        return BpfObject.Load(spec);
    }

    private static byte[] ReadAll(BpfIterator iterator)
    {
        using Stream run = iterator.Open();
        using MemoryStream all = new();
        run.CopyTo(all);
        return all.ToArray();
    }

    // Linux 6.18 was seen to leave process 1 out, whoever reads the iterator.
    private static HashSet<int> Processes() => [.. Numbers("/proc").Where(static id => id != 1)];

    private static int[] OwnThreads() => [.. Numbers("/proc/self/task")];

    private static IEnumerable<int> Numbers(string folder)
    {
        foreach (string path in Directory.EnumerateDirectories(folder))
        {
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                yield return id;
            }
        }
    }
}
