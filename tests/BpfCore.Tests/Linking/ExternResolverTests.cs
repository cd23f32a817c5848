using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Linking;
using BpfCore.Specs;
using BpfCore.Tests.Btf;
using Xunit;

namespace BpfCore.Tests.Linking;

public sealed class ExternResolverTests
{
    private readonly KernelOfFixtures _kernel = new();
    private readonly BtfBuilder _vmlinux = new();
    private readonly List<BtfFile> _modules = [];
    private readonly uint _int;
    private readonly uint _iterator;

    public ExternResolverTests()
    {
        _int = _vmlinux.Int("int", 4, signed: true);
        _iterator = _vmlinux.Pointer(_vmlinux.Struct("bpf_iter_num", 8));
    }

    [Fact]
    public void Resolve_FunctionsOfTwoModules_NumbersTheModulesByFirstUse()
    {
        AddModule("first", ("unused", _vmlinux.Prototype(0)));
        AddModule("second", ("bpf_iter_num_destroy", _vmlinux.Prototype(0, ("it", _iterator))));
        AddModule("third", ("bpf_iter_num_next", _vmlinux.Prototype(_vmlinux.Pointer(_int), ("it", _iterator))));

        ResolvedExterns resolved = Resolve("ext-kfuncs", out BpfObjectSpec spec);

        Assert.Equal(["second", "third"], resolved.Modules.Select(module => module.Name));
        Assert.Equal(1, Find(resolved, spec, "bpf_iter_num_destroy")!.ModuleIndex);
        Assert.Equal(2, Find(resolved, spec, "bpf_iter_num_next")!.ModuleIndex);
        Assert.Null(Find(resolved, spec, "bpf_iter_num_new"));
    }

    [Fact]
    public void Resolve_FunctionOfKernelAndModule_IsTheKernels()
    {
        uint prototype = _vmlinux.Prototype(0, ("it", _iterator));
        _vmlinux.Function("bpf_iter_num_destroy", prototype);
        AddModule("module", ("bpf_iter_num_destroy", prototype));

        ResolvedExterns resolved = Resolve("ext-kfuncs", out BpfObjectSpec spec);

        ResolvedExtern found = Find(resolved, spec, "bpf_iter_num_destroy")!;
        Assert.Equal((null, 0), (found.Module, found.ModuleIndex));
        Assert.Empty(resolved.Modules);
    }

    [Fact]
    public void Resolve_SeveralDeclarationsOfOneFunction_TakesTheOneThatFits()
    {
        _vmlinux.Function("bpf_iter_num_new", _vmlinux.Prototype(_int, ("it", _iterator), ("a", _int), ("b", _int)));

        ResolvedExterns resolved = Resolve("ext-kfuncs", out BpfObjectSpec spec);

        Assert.Null(Find(resolved, spec, "bpf_iter_num_new___short"));
        Assert.Equal("bpf_iter_num_new", Find(resolved, spec, "bpf_iter_num_new___full")!.Type!.Value.Name);
    }

    [Fact]
    public void Resolve_VariableOfAModule_KeepsItsModule()
    {
        BtfBuilder module = new(_vmlinux.Read("vmlinux"));
        module.Variable("bpf_prog_active", _int);
        module.Variable("runqueues", module.Struct("rq", 64));
        _modules.Add(module.Read("module"));

        ResolvedExterns resolved = Resolve("ext-ksyms", out BpfObjectSpec spec);

        Assert.Equal("module", Find(resolved, spec, "bpf_prog_active")!.Module!.Name);
        Assert.Empty(resolved.Modules); // loads name a module by descriptor, not by its place in an array
    }

    [Theory]
    [InlineData("err_ext-missing_kfunc", "the types of the kernel and of its 0 modules have no function of this name")]
    [InlineData("err_ext-kfunc_signature", "its parameter 1 is pointer to struct bpf_iter_num, the object declares "
        + "pointer to struct bpf_iter_num (declared only, not defined)")]
    [InlineData("err_ext-variable_type", "declares it as pointer to void, but in the kernel it is int")]
    [InlineData("err_ext-missing_symbol", "/proc/kallsyms has no symbol of this name")]
    [InlineData("err_ext-missing_option", "the kernel's configuration does not set it")]
    [InlineData("err_ext-option_form", "the value 0x1000000 fits no bool")]
    [InlineData("err_ext-option_range", "the value 16777216 fits no unsigned integer of 2 bytes")]
    [InlineData("err_ext-option_text", "the value \"(none)\" fits no unsigned integer of 8 bytes")]
    [InlineData("err_ext-virtual_option", "no value of .kconfig has this name")]
    [InlineData("err_ext-weak_name", "no value of .kconfig has this name")]
    public void Resolve_WhatTheKernelCannotGive_IsExplained(string fixture, string reason)
    {
        _vmlinux.Function("bpf_iter_num_new", _vmlinux.Prototype(_int, ("it", _iterator), ("a", _int)));
        _vmlinux.Variable("bpf_prog_active", _int);

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(() => Resolve(fixture, out _));

        Assert.StartsWith("extern ", e.Feature, StringComparison.Ordinal);
        Assert.Contains(reason, e.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_KernelWithoutTypes_NamesTheExternThatNeedsThem()
    {
        BpfObjectSpec spec = Read("ext-kfuncs");

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => new ExternResolver(spec, CoReTargets.None, _kernel).Resolve());

        Assert.Equal("extern bpf_iter_num_destroy", e.Feature);
        Assert.Contains("CONFIG_DEBUG_INFO_BTF", e.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_NothingKnownButTypes_RefusesWhatNeedsMore()
    {
        BpfObjectSpec spec = Read("ext-kconfig");

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => new ExternResolver(spec, CoReTargets.None, UnknownKernel.Instance).Resolve());

        Assert.Contains("only the types of the kernel were given", e.Message, StringComparison.Ordinal);
    }

    private static BpfObjectSpec Read(string fixture) =>
        BpfObjectSpec.Read(Fixtures.Read($"objects/{fixture}.bpf.o"), fixture);

    private static ResolvedExtern? Find(ResolvedExterns resolved, BpfObjectSpec spec, string name) =>
        resolved.TryFind(spec.Externs[name], out ResolvedExtern? found) ? found : null;

    private ResolvedExterns Resolve(string fixture, out BpfObjectSpec spec)
    {
        spec = Read(fixture);
        BtfFile vmlinux = _vmlinux.Read("vmlinux");
        return new ExternResolver(spec, new CoReTargets(() => vmlinux, () => _modules), _kernel).Resolve();
    }

    private void AddModule(string name, (string Name, uint Prototype) function)
    {
        BtfBuilder module = new(_vmlinux.Read("vmlinux"));
        module.Function(function.Name, function.Prototype);
        _modules.Add(module.Read(name));
    }
}
