using BpfCore.KernelTests.Links;
using Xunit;

namespace BpfCore.KernelTests.Programs;

/// <summary>Functions for programs that distributions have in a module: connection tracking.</summary>
public sealed class ModuleFunctionTests
{
    private const string File = "tracking.bpf.o";

    [Fact]
    public void TestRun_FunctionsOfConnectionTracking_MakeAnEntryAndFindIt()
    {
        const ulong Confirmed = 1 << 3; // IPS_CONFIRMED: it is in the table
        const int NoEntry = -2; // -ENOENT
        if (!LiveFeature.HasFunctionAnywhere("bpf_xdp_ct_alloc"))
        {
            LiveFeature.AssertRefused(() => LinkFixture.Load(file: File), "extern bpf_ct_");
            return;
        }

        using LinkFixture fixture = LinkFixture.Load(file: File);
        uint verdict = 0;
        PrivateNetwork.Run(() => verdict = fixture.Program("tracks").TestRun(new byte[64]).ReturnValue);

        Assert.Equal((2u, NoEntry), (verdict, fixture.Object.Variables["missing_error"].Get<int>()));
        Assert.Equal(Confirmed, fixture.Object.Variables["found_status"].Get<ulong>() & Confirmed);
    }
}
