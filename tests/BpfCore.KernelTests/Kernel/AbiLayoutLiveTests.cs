using System.Runtime.CompilerServices;
using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Tests.Architecture;
using Tmds.Linux;
using Xunit;

namespace BpfCore.KernelTests.Kernel;

public class AbiLayoutLiveTests
{
    // The kernel that the mirrors follow; AbiLayoutTests compares them with its types.
    private static readonly KernelVersion s_mirrored = new(6, 18, 0);

    [Fact]
    public void Mirrors_ComparedWithRunningKernel_HaveSameOffsetsAndSizes()
    {
        List<Type> mirrors = [.. AbiLayout.Mirrors()];
        BtfFile kernel = KernelBtf.Vmlinux();

        Assert.NotEmpty(mirrors);
        Assert.Empty(mirrors.SelectMany(mirror => KernelVersion.Current >= s_mirrored
            ? AbiLayout.Differences(mirror, kernel)
            : AbiLayout.Conflicts(mirror, kernel)));
    }

    [Fact]
    public void EpollEvent_OfLibC_HasTheSizeOfTheRunningKernel()
    {
        Assert.True(KernelBtf.Vmlinux().TryFind("epoll_event", BtfKind.Struct, out BtfType type));

        Assert.Equal((int)type.Size, Unsafe.SizeOf<epoll_event>());
    }
}
