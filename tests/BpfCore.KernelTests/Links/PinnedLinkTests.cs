using BpfCore.KernelTests.Maps;
using BpfCore.Links;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed class PinnedLinkTests : IDisposable
{
    private readonly LinkFixture _fixture = LinkFixture.Load();
    private readonly BpfFileSystemMount _files = new();

    public void Dispose()
    {
        _files.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public void Pin_ThenDispose_StaysAttachedUntilUnpinned()
    {
        BpfLink link = BpfLink.Attach(_fixture.Program("on_raw"));
        link.Pin(_files["link"]);
        link.Dispose();
        LiveObject.Trigger(1);
        Assert.Equal(1UL, _fixture.Hits);

        Assert.True(BpfLink.Unpin(_files["link"]));

        // The file system lets go of the link a little later.
        Assert.True(SpinWait.SpinUntil(IsDetached, TimeSpan.FromSeconds(10)));
        Assert.False(BpfLink.Unpin(_files["link"]));
    }

    [Fact]
    public void OpenPinned_OfALink_IsTheSameLink()
    {
        using BpfLink link = BpfLink.Attach(_fixture.Program("on_raw"));
        link.Pin(_files["link"]);
        using BpfLink opened = BpfLink.OpenPinned(_files["link"]);

        Assert.Equal(link.GetInfo(), opened.GetInfo());
        Assert.Equal(BpfLinkType.RawTracepoint, opened.GetInfo().Type);
        Assert.Contains("pinned at", opened.ToString(), StringComparison.Ordinal);
        BpfLink.Unpin(_files["link"]);
    }

    [Fact]
    public void OpenPinned_NothingThere_NamesThePath()
    {
        FileNotFoundException e = Assert.Throws<FileNotFoundException>(() => BpfLink.OpenPinned(_files["none"]));

        Assert.Equal(_files["none"], e.FileName);
    }

    [Fact]
    public void Open_IdOfALink_KeepsItAttached()
    {
        BpfLink link = BpfLink.Attach(_fixture.Program("on_typed"));
        uint id = link.GetInfo().Id;
        Assert.Contains(id, BpfLink.Ids());
        using (BpfLink opened = BpfLink.Open(id))
        {
            link.Dispose();
            LiveObject.Trigger(1);
            Assert.Equal(1UL, _fixture.Hits);
        }

        LiveObject.Trigger(1);

        Assert.Equal(1UL, _fixture.Hits);
        Assert.Throws<SyscallException>(() => BpfLink.Open(id));
    }

    [Fact]
    public void Pin_AttachmentThatIsNoLink_SaysSo()
    {
        using BpfLink link = BpfLink.AttachPerfEvent(_fixture.Program("on_clock"), PerfEventTarget.Clock(1));

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => link.Pin(_files["link"]));

        Assert.Contains("is no link of the kernel and cannot be pinned", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Update_KindThatCannot_NamesBothPrograms()
    {
        using BpfLink link = BpfLink.Attach(_fixture.Program("on_raw"));

        SyscallException e = Assert.Throws<SyscallException>(() => link.Update(_fixture.Program("on_raw_other")));

        Assert.Contains("on_raw_other (raw_tp/sys_enter) in place of on_raw", e.Message, StringComparison.Ordinal);
    }

    private bool IsDetached()
    {
        ulong seen = _fixture.Hits;
        LiveObject.Trigger(1);
        return _fixture.Hits == seen;
    }
}
