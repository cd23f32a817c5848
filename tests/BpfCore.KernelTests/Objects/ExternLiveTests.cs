using System.Globalization;
using BpfCore.Objects;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Objects;

/// <summary>What objects read and call of the running kernel.</summary>
public sealed class ExternLiveTests
{
    [Fact]
    public void Load_KernelFunctions_AreCalled()
    {
        ExternObject.RequireFunction("bpf_iter_num_new");
        using BpfObject loaded = ExternObject.Load("ext-kfuncs");

        Assert.Equal(55, ExternObject.Run(loaded, "iterate"));
        Assert.Equal(4, ExternObject.Run(loaded, "versions"));
    }

    [Fact]
    public void Load_AddressesOfKernelFunctions_TellWhichThereAre()
    {
        ExternObject.RequireFunction("bpf_rdonly_cast");
        using BpfObject loaded = ExternObject.Load("ext-kfuncs");

        Assert.Equal(1, ExternObject.Run(loaded, "exist"));
        Assert.Equal(1UL, loaded.Variables["found"].Get<ulong>());
        Assert.Equal(0UL, loaded.Variables["missing"].Get<ulong>());
    }

    [Fact]
    public void LoadProgram_ReachesAMissingWeakFunction_IsRefusedByItsName()
    {
        ExternObject.RequireFunction("bpf_iter_num_new");
        using BpfObject loaded = ExternObject.Load("ext-kfuncs");

        BpfVerifierException e = Assert.Throws<BpfVerifierException>(() => loaded.LoadProgram("unguarded"));

        Assert.Contains("calls bpf_no_such_function, which this kernel lacks", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MapThatIsNotCreated_IsNamedWhenAProgramReachesIt()
    {
        LiveKernel.RequireTracing();
        ObjectFixture.RequireSyscallPrograms();
        BpfObjectSpec spec = ExternObject.Read("ext-functions");
        spec.Maps["counters"].AutoCreate = false;

        BpfVerifierException e = Assert.Throws<BpfVerifierException>(() => BpfObject.Load(spec));

        Assert.Contains("uses map counters, which is not created", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadProgram_TypedVariables_AreReadWhereTheKernelListsTheirAddresses()
    {
        ExternObject.RequireVariable("bpf_prog_active");
        using BpfObject loaded = ExternObject.Load("ext-ksyms");
        if (AddressOf("runqueues") != 0)
        {
            loaded.LoadProgram("variables");
            ExternObject.Run(loaded, "variables");
            Assert.Equal(0UL, loaded.Variables["first_cpu"].Get<ulong>()); // struct rq of CPU 0 knows its number
        }
        else
        {
            BpfVerifierException e = Assert.Throws<BpfVerifierException>(() => loaded.LoadProgram("variables"));
            Assert.Contains("built without CONFIG_KALLSYMS_ALL", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_UntypedSymbols_AreTheAddressesOfKallsyms()
    {
        ExternObject.RequireVariable("bpf_prog_active");
        using BpfObject loaded = ExternObject.Load("ext-ksyms");

        int error = ExternObject.Run(loaded, "addresses");

        ulong address = loaded.Variables["address"].Get<ulong>();
        Assert.Equal(AddressOf("schedule"), address);
        Assert.Equal(0UL, loaded.Variables["absent_address"].Get<ulong>());
        Assert.Equal((0, address != 0), (error, loaded.Variables["code"].Get<ulong>() != 0));
    }

    [Fact]
    public void Load_MissingKernelFunction_IsRefusedByNameBeforeAnythingIsMade()
    {
        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => ExternObject.Load("err_ext-missing_kfunc"));

        Assert.Equal("extern bpf_no_such_function", e.Feature);
        Assert.Contains("declare it __weak", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_KernelFunctionOfAnotherSignature_IsRefused()
    {
        ExternObject.RequireFunction("bpf_iter_num_new");

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => ExternObject.Load("err_ext-kfunc_signature"));

        Assert.Contains("it takes 3 parameters, the object declares 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_VariableOfAnotherType_IsRefusedAlthoughItIsWeak()
    {
        ExternObject.RequireVariable("bpf_prog_active");
        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => ExternObject.Load("err_ext-variable_type"));

        Assert.Contains("bpf_prog_active", e.Message, StringComparison.Ordinal);
        Assert.Contains("as pointer to void, but in the kernel it is int", e.Message, StringComparison.Ordinal);
    }

    private static ulong AddressOf(string symbol)
    {
        string? line = File.ReadLines("/proc/kallsyms").FirstOrDefault(
            text => text.EndsWith($" {symbol}", StringComparison.Ordinal));
        return line is null
            ? 0
            : ulong.Parse(line.Split(' ')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
