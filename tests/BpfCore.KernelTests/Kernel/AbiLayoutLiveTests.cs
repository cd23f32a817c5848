using System.Runtime.CompilerServices;
using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Tests.Architecture;
using Tmds.Linux;
using Xunit;

namespace BpfCore.KernelTests.Kernel;

public class AbiLayoutLiveTests
{
    [Fact]
    public void Mirrors_ComparedWithRunningKernel_HaveSameOffsetsAndSizes()
    {
        List<Type> mirrors = [.. AbiLayout.Mirrors()];

        Assert.NotEmpty(mirrors);
        Assert.Empty(mirrors.SelectMany(mirror => AbiLayout.Differences(mirror, KernelBtf.Vmlinux())));
    }

    [Fact]
    public void EpollEvent_OfLibC_HasTheSizeOfTheRunningKernel()
    {
        Assert.True(KernelBtf.Vmlinux().TryFind("epoll_event", BtfKind.Struct, out BtfType type));

        Assert.Equal((int)type.Size, Unsafe.SizeOf<epoll_event>());
    }
}
