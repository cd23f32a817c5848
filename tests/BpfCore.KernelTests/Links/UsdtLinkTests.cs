using System.Runtime.InteropServices;
using BpfCore.Links;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Links;

public sealed unsafe class UsdtLinkTests : IDisposable
{
    private static readonly string s_library = Path.Combine(
        AppContext.BaseDirectory,
        "live",
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "libusdt.aarch64.so" : "libusdt.x86_64.so");

    private static readonly nint s_handle = NativeLibrary.Load(s_library);

    private readonly LinkFixture _fixture = LinkFixture.Load(
        static spec => spec.Variables["address_offset"].Set(ProgramCounterOffset));

    // rip of struct pt_regs of x86-64, pc of struct user_pt_regs of arm64.
    private static uint ProgramCounterOffset =>
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 256u : 128u;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void AttachUsdt_ProbeWithSemaphore_IsHitWhileAttachedAndHasItsArguments()
    {
        Assert.Equal(0, Guarded(-5, 1234567890123));
        using (BpfLink link = Attach("guarded", cookie: 42))
        {
            Assert.Equal(1, Guarded(-5, 1234567890123));
            Assert.Equal(1UL, _fixture.Hits);
            Assert.Equal(42UL, _fixture.Cookie);
            Arguments arguments = _fixture.Object.Variables["arguments"].Get<Arguments>();
            Assert.Equal([-5L, 77, 1234567890123, 0], arguments.ToArray());
        }

        Assert.Equal(0, Guarded(-5, 1234567890123)); // the semaphore is down again
        Assert.Equal(1UL, _fixture.Hits);
    }

    [Fact]
    public void AttachUsdt_ProbeAtTwoPlaces_SeesBoth()
    {
        _fixture.AssertSeenUntilDetached(
            () => Attach("twice", cookie: 0), HitTwice, hitsPerEvent: 2);
    }

    [Fact]
    public void AttachUsdt_AllProcesses_NeedsCookies()
    {
        if (LiveFeature.PerfEventLinks)
        {
            _fixture.AssertSeenUntilDetached(
                () => BpfLink.AttachUsdt(_fixture.Program("on_usdt"), Target("twice")), HitTwice, hitsPerEvent: 2);
            return;
        }

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => BpfLink.AttachUsdt(_fixture.Program("on_usdt"), Target("twice")));
        Assert.Contains("ProbeOptions.ProcessId", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AttachUsdt_LoadedForManyProbes_AttachesThemWithOneLink()
    {
        if (!LiveFeature.UprobeMulti)
        {
            return; // without such links programs cannot be loaded for them either, which MultiProbeLinkTests shows
        }

        using LinkFixture fixture = LinkFixture.Load(
            static spec => spec.Programs["on_usdt"].ExpectedAttachType = AttachType.TraceUprobeMulti);
        using BpfLink link = BpfLink.AttachUsdt(fixture.Program("on_usdt"), Target("guarded"));

        Assert.Equal(1, Guarded(3, 4));
        Assert.Equal(1UL, fixture.Hits);
    }

    [Fact]
    public void AttachUsdt_NoSuchProbe_NamesIt()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => Attach("missing", cookie: 0));

        Assert.Contains("has no probe bpfcore:missing", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("versioned@V_1", "versioned_old")]
    [InlineData("versioned@@V_2", "versioned_new")]
    public void AttachUprobe_VersionedFunction_FindsThatOne(string name, string function)
    {
        UprobeSymbolTarget target = new(s_library, name, 0, IsReturn: false);
        delegate* unmanaged<long> called = (delegate* unmanaged<long>)NativeLibrary.GetExport(s_handle, function);

        _fixture.AssertSeenUntilDetached(
            () => BpfLink.AttachUprobe(_fixture.Program("on_uprobe_section"), target),
            () =>
            {
                for (int i = 0; i < LinkFixture.Times; i++)
                {
                    called();
                }
            });
    }

    [Fact]
    public void AttachUprobe_NameWithSeveralVersions_AsksForOne()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => BpfLink.AttachUprobe(
            _fixture.Program("on_uprobe_section"), new UprobeSymbolTarget(s_library, "versioned", 0, IsReturn: false)));

        Assert.Contains("name@VERSION", e.Message, StringComparison.Ordinal);
    }

    private static UsdtTarget Target(string name) => new(s_library, "bpfcore", name);

    private static long Guarded(int number, long second)
    {
        delegate* unmanaged<int, long*, long> called =
            (delegate* unmanaged<int, long*, long>)NativeLibrary.GetExport(s_handle, "guarded");
        long* memory = stackalloc long[] { 0, second };
        return called(number, memory);
    }

    private static void Twice(int number)
    {
        delegate* unmanaged<int, long*, void> called =
            (delegate* unmanaged<int, long*, void>)NativeLibrary.GetExport(s_handle, "twice");
        long* memory = stackalloc long[] { 0, 0 };
        called(number, memory);
    }

    private static void HitTwice()
    {
        for (int i = 0; i < LinkFixture.Times; i++)
        {
            Twice(i);
        }
    }

    // Of this process, which older kernels have to be told.
    private BpfLink Attach(string name, ulong cookie) => BpfLink.AttachUsdt(
        _fixture.Program("on_usdt"),
        Target(name),
        new ProbeOptions { Cookie = cookie, ProcessId = Environment.ProcessId });

    [System.Runtime.CompilerServices.InlineArray(4)]
    private struct Arguments
    {
        private long _first;

        public readonly long[] ToArray() => [this[0], this[1], this[2], this[3]];
    }
}
