using System.Runtime.InteropServices;
using BpfCore.Links;
using BpfCore.Maps;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class IteratorTests : IDisposable
{
    private readonly LinkFixture _fixture = LinkFixture.Load();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Attach_SectionOfTasks_ShowsThisProcessInEveryRun()
    {
        using BpfLink link = BpfLink.Attach(_fixture.Program("on_task"));
        BpfIterator iterator = Assert.IsType<BpfIterator>(link);

        Assert.Contains(Environment.ProcessId, ReadProcessIds(iterator));
        Assert.Contains(Environment.ProcessId, ReadProcessIds(iterator));
        Assert.Equal(BpfLinkType.Iterator, link.GetInfo().Type);
    }

    [Fact]
    public void AttachIterator_OneProcess_ShowsNoOther()
    {
        if (!LiveFeature.TaskIteratorTargets)
        {
            LiveFeature.AssertRefused(
                () => BpfLink.AttachIterator(
                    _fixture.Program("on_task"), IteratorTarget.Process(Environment.ProcessId)),
                "on_task");
            return;
        }

        using BpfIterator iterator = BpfLink.AttachIterator(
            _fixture.Program("on_task"), IteratorTarget.Process(Environment.ProcessId));

        Assert.Equal([Environment.ProcessId], ReadProcessIds(iterator).Distinct());
    }

    [Fact]
    public void AttachIterator_Map_ShowsItsElements()
    {
        BpfMap numbers = _fixture.Object.Maps["numbers"];
        for (uint i = 0; i < 3; i++)
        {
            numbers.Update(BitConverter.GetBytes(i), BitConverter.GetBytes(i * 11UL));
        }

        using BpfIterator iterator = BpfLink.AttachIterator(_fixture.Program("on_element"), numbers);

        Assert.Equal([0UL, 11, 22], MemoryMarshal.Cast<byte, ulong>(ReadAll(iterator)).ToArray());
    }

    [Fact]
    public void Attach_SectionThatNeedsAMap_SaysSo()
    {
        SyscallException e = Assert.Throws<SyscallException>(() => BpfLink.Attach(_fixture.Program("on_element")));

        Assert.Contains("iter/bpf_map_elem", e.Message, StringComparison.Ordinal);
        Assert.Contains("iterators of this kind need a map", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ReadToItsEnd_CannotBeReadAgain()
    {
        using BpfIterator iterator = BpfLink.AttachIterator(
            _fixture.Program("on_element"), _fixture.Object.Maps["numbers"]);
        using Stream run = iterator.Open();
        run.CopyTo(Stream.Null);

        Assert.Equal(0, run.Read(new byte[8]));
        Assert.False(run.CanSeek);
        Assert.False(run.CanWrite);
    }

    private static byte[] ReadAll(BpfIterator iterator)
    {
        using Stream run = iterator.Open();
        using MemoryStream all = new();
        run.CopyTo(all);
        return all.ToArray();
    }

    private static List<int> ReadProcessIds(BpfIterator iterator)
    {
        List<int> ids = [];
        ReadOnlySpan<int> pairs = MemoryMarshal.Cast<byte, int>(ReadAll(iterator));
        for (int i = 0; i < pairs.Length; i += 2)
        {
            ids.Add(pairs[i]);
        }

        return ids;
    }
}
