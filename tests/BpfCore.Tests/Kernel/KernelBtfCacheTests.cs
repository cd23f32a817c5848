using BpfCore.Btf;
using BpfCore.Elf;
using BpfCore.Kernel;
using BpfCore.Syscalls;
using BpfCore.Tests.Elf;
using BpfCore.Tests.Syscalls;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class KernelBtfCacheTests
{
    private static readonly byte[] s_types = BtfSample.For(KernelFeature.BtfFunctions);

    [Fact]
    public void Vmlinux_FileThatCannotBeMapped_IsReadInstead()
    {
        using FakeTree tree = new FakeTree().With("sys/kernel/btf/vmlinux", s_types);
        NoMapGate kernel = new();

        BtfFile types = Cache(kernel, tree).Vmlinux();

        Assert.Equal(1, kernel.MapAttempts);
        Assert.Equal(s_types, types.Data.ToArray());
        Assert.Empty(kernel.OpenDescriptors);
    }

    [Fact]
    public void Vmlinux_ReadAgain_ComesFromTheCache()
    {
        using FakeTree tree = new FakeTree().With("sys/kernel/btf/vmlinux", s_types);
        NoMapGate kernel = new();
        KernelBtfCache cache = Cache(kernel, tree);

        Assert.Same(cache.Vmlinux(), cache.Vmlinux());
        Assert.Equal(1, kernel.MapAttempts);
    }

    [Fact]
    public void Vmlinux_ManyThreadsAtOnce_IsReadByOneOfThem()
    {
        using FakeTree tree = new FakeTree().With("sys/kernel/btf/vmlinux", s_types);
        NoMapGate kernel = new();
        KernelBtfCache cache = Cache(kernel, tree);
        BtfFile?[] found = new BtfFile?[8];

        Thread[] threads = [.. found.Select((_, index) => new Thread(() =>
        {
            cache.TryReadVmlinux();
            found[index] = cache.Vmlinux();
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        Assert.All(found, types => Assert.Same(cache.Vmlinux(), types));
        Assert.Equal(1, kernel.MapAttempts);
    }

    [Fact]
    public void TryReadVmlinux_NoTypesYet_LeavesTheFailureToWhoAsks()
    {
        using FakeTree tree = new();
        LateGate kernel = new();
        KernelBtfCache cache = Cache(kernel, tree);

        cache.TryReadVmlinux();

        Assert.Throws<KernelFeatureException>(cache.Vmlinux);
        kernel.HasTypes = true;
        cache.TryReadVmlinux(); // there is no file to take the size of
        Assert.Throws<FileNotFoundException>(cache.Vmlinux);
        tree.With("sys/kernel/btf/vmlinux", s_types);
        Assert.Equal(s_types, cache.Vmlinux().Data.ToArray());
    }

    [Fact]
    public void Module_SplitBtf_ContinuesTheKernelsIds()
    {
        using FakeTree tree = new FakeTree()
            .With("sys/kernel/btf/vmlinux", s_types)
            .With("sys/kernel/btf/some_module", BtfSample.For(KernelFeature.BtfFloat));
        KernelBtfCache cache = Cache(new NoMapGate(), tree);

        Assert.Equal(cache.Vmlinux().TypeCount, cache.Module("some_module").FirstId);
        Assert.Equal(["some_module"], cache.ModuleNames());
    }

    [Fact]
    public void Vmlinux_KernelWithoutBtf_NamesTheOption()
    {
        using FakeTree tree = new();

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => Cache(new AbsentGate(), tree).Vmlinux());

        Assert.Contains("CONFIG_DEBUG_INFO_BTF", e.Message, StringComparison.Ordinal);
        Assert.Empty(Cache(new AbsentGate(), tree).ModuleNames());
    }

    [Theory]
    [InlineData("boot/vmlinux-5.2.0-test")]
    [InlineData("lib/modules/5.2.0-test/build/vmlinux")]
    [InlineData("usr/lib/debug/lib/modules/5.2.0-test/vmlinux")]
    public void Vmlinux_KernelWithItsTypesOnDiskOnly_TakesThemFromItsImage(string place)
    {
        using FakeTree tree = new FakeTree().With("proc/sys/kernel/osrelease", "5.2.0-test\n")
            .With("boot/vmlinux-5.2.0-other", Image(".BTF", BtfSample.For(KernelFeature.BtfFloat)))
            .With("lib/modules/5.2.0-test/vmlinux-5.2.0-test", Image(".text", s_types))
            .With("usr/lib/modules/5.2.0-test/kernel/vmlinux", "no ELF file")
            .With(place, Image(".BTF", s_types));
        KernelBtfCache cache = Cache(new FakeGate(), tree);

        Assert.True(cache.IsAvailable);
        Assert.Equal(s_types, cache.Vmlinux().Data.ToArray());
        Assert.Equal(tree.PathTo(place), cache.Fallback?.To);
        Assert.Empty(cache.ModuleNames());
    }

    private static byte[] Image(string section, byte[] contents)
    {
        ElfBuilder elf = new();
        elf.Add(section, ElfSectionKind.ProgramBits, contents);
        return elf.Build();
    }

    private static KernelBtfCache Cache(SyscallGate kernel, FakeTree tree) =>
        new(tree.Files, new SystemCalls(kernel, observer: null));

    private sealed class NoMapGate : FakeGate
    {
        public int MapAttempts { get; private set; }

        public override long MapMemory(
            nuint length, MemoryProtection protection, MemorySharing sharing, int fd, long offset)
        {
            MapAttempts++;
            return -(long)Errno.ENODEV;
        }
    }

    private sealed unsafe class LateGate : FakeGate
    {
        public bool HasTypes { get; set; }

        public override long Open(byte* path, FileAccessMode mode) =>
            HasTypes ? base.Open(path, mode) : -(long)Errno.ENOENT;

        public override long MapMemory(
            nuint length, MemoryProtection protection, MemorySharing sharing, int fd, long offset) =>
            -(long)Errno.ENODEV;
    }

    private sealed unsafe class AbsentGate : FakeGate
    {
        public override long Open(byte* path, FileAccessMode mode) => -(long)Errno.ENOENT;
    }
}
