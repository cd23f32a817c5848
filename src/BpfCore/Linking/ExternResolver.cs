using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Finds the external symbols of an object in a kernel (libbpf's <c>bpf_object__resolve_externs</c>): all of them
/// before any program is relocated, whether a program that is loaded uses them or not.
/// </summary>
/// <param name="spec">The object.</param>
/// <param name="types">Types of the kernel and its modules.</param>
/// <param name="kernel">What else it says of itself.</param>
/// <param name="configuration">Options that come before those of the kernel's configuration, or null.</param>
internal sealed class ExternResolver(
    BpfObjectSpec spec, CoReTargets types, IKernelFacts kernel,
    IReadOnlyDictionary<string, string>? configuration = null)
{
    // The offset field of an instruction is a signed 16-bit number; 0 stands for the kernel itself.
    private const int MaximumModules = short.MaxValue - 1;

    /// <summary>Resolves the externs of the object.</summary>
    /// <exception cref="KernelFeatureException">
    /// The kernel lacks one that is not weak, or has something else under its name.
    /// </exception>
    public ResolvedExterns Resolve()
    {
        ResolvedExterns resolved = new()
        {
            Configuration = new ConfigurationResolver(kernel, configuration).Resolve(spec),
        };
        ResolveSymbols(resolved);
        foreach (ExternSpec item in spec.Externs)
        {
            bool isFound = item.Kind switch
            {
                ExternKind.KernelVariable => TryResolveVariable(resolved, item),
                ExternKind.KernelFunction => TryResolveFunction(resolved, item),
                _ => true,
            };
            if (!isFound && !item.IsWeak)
            {
                throw Missing(item);
            }
        }

        return resolved;
    }

    private void ResolveSymbols(ResolvedExterns resolved)
    {
        List<ExternSpec> symbols = spec.ExternsOf(ExternKind.KernelSymbol);
        if (symbols.Count == 0)
        {
            return;
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (ExternSpec symbol in symbols)
        {
            names.Add(symbol.Name);
        }

        IReadOnlyDictionary<string, ulong> addresses = kernel.FindSymbols(names);
        foreach (ExternSpec symbol in symbols)
        {
            if (addresses.TryGetValue(symbol.Name, out ulong address))
            {
                resolved.Add(new ResolvedExtern(symbol, address));
            }
            else if (!symbol.IsWeak)
            {
                throw Missing(symbol);
            }
        }
    }

    private bool TryResolveVariable(ResolvedExterns resolved, ExternSpec variable)
    {
        if (!TryFind(variable, variable.Name, BtfKind.Variable, out BtfType found, out BtfFile? module))
        {
            return false;
        }

        BtfType local = spec.Types![variable.TypeId];
        BtfType type = found.Target.SkipModifiersAndTypedefs();
        if (!SignatureDifference.AreCompatible(local, type))
        {
            throw new KernelFeatureException(
                variable.ToString(),
                $"the object declares it as {SignatureDifference.Describe(local)}, but in {Place(module)} it is "
                + SignatureDifference.Describe(type));
        }

        resolved.Add(new ResolvedExtern(variable, Type: found, Module: module));
        return true;
    }

    private bool TryResolveFunction(ResolvedExterns resolved, ExternSpec function)
    {
        // bpf_kfunc___v2 names the kernel's bpf_kfunc: one object may declare several signatures and use what fits.
        string name = System.Text.Encoding.UTF8.GetString(
            BtfName.Essential(System.Text.Encoding.UTF8.GetBytes(function.Name)));
        if (!TryFind(function, name, BtfKind.Function, out BtfType found, out BtfFile? module))
        {
            return false;
        }

        BtfType local = spec.Types![function.TypeId];
        if (!SignatureDifference.AreCompatible(local, found.Target))
        {
            return function.IsWeak ? false : throw new KernelFeatureException(
                function.ToString(),
                $"{Place(module)} has function {name} with another signature: "
                + $"{SignatureDifference.Describe(local, found.Target)}; declare it as the kernel does, or __weak");
        }

        resolved.Add(new ResolvedExtern(function, Type: found, Module: module, ModuleIndex: IndexOf(resolved, module)));
        return true;
    }

    private static int IndexOf(ResolvedExterns resolved, BtfFile? module)
    {
        int index = module is null ? 0 : resolved.IndexOf(module);
        return index <= MaximumModules ? index : throw new KernelFeatureException(
            "kernel functions", $"the object calls functions of more than {MaximumModules} modules");
    }

    private bool TryFind(ExternSpec item, string name, BtfKind kind, out BtfType found, out BtfFile? module)
    {
        module = null;
        if (KernelTypes(item).TryFind(name, kind, out found))
        {
            return true;
        }

        foreach (BtfFile file in types.Modules)
        {
            if (file.TryFind(name, kind, out found))
            {
                module = file;
                return true;
            }
        }

        return false;
    }

    private BtfFile KernelTypes(ExternSpec item)
    {
        try
        {
            return types.Main;
        }
        catch (CoReFault fault)
        {
            throw new KernelFeatureException(item.ToString(), fault.Message, fault);
        }
    }

    private static string Place(BtfFile? module) => module is null ? "the kernel" : module.Name;

    private KernelFeatureException Missing(ExternSpec item)
    {
        string what = item.Kind switch
        {
            ExternKind.KernelFunction => "function",
            ExternKind.KernelVariable => "variable",
            _ => "symbol",
        };
        string where = item.Kind == ExternKind.KernelSymbol
            ? "/proc/kallsyms has"
            : $"the types of the kernel and of its {types.Modules.Count} modules have";
        return new KernelFeatureException(
            item.ToString(), $"{where} no {what} of this name; declare it __weak if the object can do without it");
    }
}
