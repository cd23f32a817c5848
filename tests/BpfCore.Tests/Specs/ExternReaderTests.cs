using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Specs;

public sealed class ExternReaderTests
{
    [Fact]
    public void Read_ConfigurationValues_AreLaidOutByAlignmentSizeAndName()
    {
        BpfObjectSpec spec = Read("ext-kconfig");

        // As libbpf prints it: ORACLE_DEBUG=1 tests/oracle/build/oracle objects/ext-kconfig.bpf.o --btf btf/empty.btf
        Assert.Equal(
            [
                ("CONFIG_LOG_BUF_SHIFT", 0u), ("CONFIG_NO_SUCH_NUMBER", 8u), ("CONFIG_PGTABLE_LEVELS", 16u),
                ("CONFIG_BPF", 24u), ("CONFIG_NR_CPUS", 28u), ("LINUX_KERNEL_VERSION", 32u),
                ("LINUX_SOMETHING_NEW", 36u), ("CONFIG_HZ", 40u),
                ("CONFIG_64BIT", 42u), ("CONFIG_BPF_SYSCALL", 43u), ("CONFIG_HZ_PERIODIC", 44u),
                ("CONFIG_NO_SUCH_FLAG", 45u), ("LINUX_HAS_BPF_COOKIE", 46u), ("LINUX_HAS_SYSCALL_WRAPPER", 47u),
                ("CONFIG_NO_SUCH_TEXT", 48u), ("CONFIG_DEFAULT_HOSTNAME", 51u), ("CONFIG_CC_VERSION_TEXT", 58u),
            ],
            spec.Externs.Select(item => (item.Name, item.Offset)));
        MapSpec map = spec.Maps[".kconfig"];
        Assert.Equal((MapType.Array, 4u, 74u, 1u), (map.Type, map.KeySize, map.ValueSize, map.MaxEntries));
        Assert.Equal((0x480u, true, "ext_kco.kconfig"), (map.Flags, map.IsFrozen, map.KernelName));
        Assert.Equal((42u, 1u), (spec.Variables["CONFIG_64BIT"].Offset, spec.Variables["CONFIG_64BIT"].Size));
    }

    [Fact]
    public void Read_KernelSymbols_AreToldApartAndSortedByName()
    {
        BpfObjectSpec spec = Read("ext-ksyms");

        Assert.Equal(
            [
                ("bpf_prog_active", ExternKind.KernelVariable, false), ("no_such_symbol", ExternKind.KernelSymbol, true),
                ("no_such_variable", ExternKind.KernelVariable, true), ("runqueues", ExternKind.KernelVariable, false),
                ("schedule", ExternKind.KernelSymbol, false),
            ],
            spec.Externs.Select(item => (item.Name, item.Kind, item.IsWeak)));
        Assert.Equal([0, 1, 2, 3, 4], spec.Externs.Select(item => item.Index));
        Assert.False(spec.Maps.TryGet(".kconfig", out _));
    }

    [Theory]
    [InlineData("err_ext-function_in_kconfig", "extern function CONFIG_HZ in .kconfig")]
    [InlineData("err_ext-option_type", "Pointer (anon) holds no configuration value")]
    [InlineData("err_ext-section", "extern elsewhere lies in section .somewhere, expected .ksyms or .kconfig")]
    public void Read_ExternThatCannotBe_IsExplained(string fixture, string problem)
    {
        BpfFormatException e = Assert.Throws<BpfFormatException>(() => Read(fixture));

        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("core/err_undefined_function.bpf.o")]
    [InlineData("core/err_undefined_variable.bpf.o")]
    public void Read_SymbolDefinedNowhere_SaysWhatToDo(string fixture)
    {
        BpfFormatException e = Assert.Throws<BpfFormatException>(
            () => BpfObjectSpec.Read(Fixtures.Read(fixture), fixture));

        Assert.Contains("extern nowhere is defined nowhere; link its definition in", e.Message, StringComparison.Ordinal);
    }

    private static BpfObjectSpec Read(string fixture) =>
        BpfObjectSpec.Read(Fixtures.Read($"objects/{fixture}.bpf.o"), $"{fixture}.bpf.o");
}
