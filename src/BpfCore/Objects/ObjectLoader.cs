using System.Diagnostics.CodeAnalysis;
using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Kernel;
using BpfCore.Linking;
using BpfCore.Maps;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Objects;

/// <summary>
/// The steps of a load. What has been made is owned by the object at once and closed with it on failure.
/// </summary>
internal sealed class ObjectLoader
{
    private readonly BpfObjectSpec _spec;
    private readonly SystemCalls _calls;
    private readonly KernelBtfCache _kernelTypes;
    private readonly KernelFeatures _features;
    private readonly ProgramLinker _linker;
    private readonly Dictionary<MapSpec, BpfMap> _maps = [];
    private readonly MapPinning _pins;
    private readonly MapReplacer _replacer;
    private readonly VerifierLogLevel _logLevel;
    private ProgramLoader? _programs;

    public ObjectLoader(
        BpfObjectSpec spec, BpfLoadOptions options, SystemCalls calls, KernelBtfCache kernelTypes)
    {
        _spec = spec;
        _calls = calls;
        _kernelTypes = kernelTypes;
        _features = new KernelFeatures(calls);
        CoReTargets kernel = KernelTargets();
        _linker = new ProgramLinker(
            spec,
            options.KernelTypes is { } types ? new CoReTargets(types) : kernel,
            options.Observer,
            new ExternResolver(spec, kernel, NewFacts(), options.Configuration?.Options),
            kernel);
        _pins = new MapPinning(calls, options.PinRoot);
        _replacer = new MapReplacer(options.MapReplacements);
        _logLevel = options.LogLevel;
    }

    /// <summary>A loader for the running kernel.</summary>
    public static ObjectLoader ForRunningKernel(BpfObjectSpec spec, BpfLoadOptions options) => new(
        spec,
        options,
        new SystemCalls(LinuxSyscallGate.Instance, options.Observer, PermissionAdvice.For),
        KernelBtf.Cache);

    /// <summary>Loads the object.</summary>
    public BpfObject Load()
    {
        BpfObject loaded = new(this, _spec.Name);
        try
        {
            FillConfiguration();
            LoadedBtf? btf = LoadTypes(loaded);
            StructOpsLoader operations = new(_calls, _linker.StructOps);
            CreateMaps(loaded, btf, operations);
            MapContentLoader contents = new(_maps);
            contents.FillMaps();
            ModuleDescriptors modules = loaded.Own(new ModuleDescriptors(_calls, _kernelTypes));
            AttachBtfResolver attachBtf = new(_calls, _kernelTypes);
            _programs = new ProgramLoader(_calls, _features, attachBtf, modules, btf, _spec.License, _logLevel);
            LoadPrograms(loaded);
            contents.FillPrograms(loaded.Programs);
            CompleteOperations(loaded, operations);
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>Loads one program and adds it to the object.</summary>
    public BpfProgram LoadProgram(BpfObject owner, string name) =>
        TryLoadLinked(owner, name, out BpfProgram? program, out BpfException? reason) ? program : throw reason;

    /// <inheritdoc cref="LoadProgram"/>
    public bool TryLoadProgram(
        BpfObject owner,
        string name,
        [NotNullWhen(true)] out BpfProgram? program,
        [NotNullWhen(false)] out BpfException? reason)
    {
        try
        {
            return TryLoadLinked(owner, name, out program, out reason);
        }
        catch (BpfException error)
        {
            (program, reason) = (null, error); // found out before the kernel was asked, which is rare
            return false;
        }
    }

    private bool TryLoadLinked(
        BpfObject owner,
        string name,
        [NotNullWhen(true)] out BpfProgram? program,
        [NotNullWhen(false)] out BpfException? reason)
    {
        ProgramSpec spec = _spec.Programs[name];
        if (_linker.StructOps.IsOfOperationsOnly(spec))
        {
            throw new InvalidOperationException(
                $"{spec} implements operations that are not created; set {nameof(MapSpec.AutoCreate)} of their map");
        }

        if (!_programs!.TryLoad(_linker.Link(spec), _maps, out program, out reason))
        {
            return false;
        }

        owner.Programs.Add(name, owner.Own(program));
        return true;
    }

    // Ids that are given to the kernel must be its own, whatever types CO-RE is told to look at.
    private CoReTargets KernelTargets() => new(
        () => _kernelTypes.IsAvailable ? VmlinuxTypes() : null,
        () => [.. _kernelTypes.ModuleNames().Select(_kernelTypes.Module)]);

    // They are read once for all loads of the process; each load says how.
    private BtfFile VmlinuxTypes()
    {
        BtfFile types = _kernelTypes.Vmlinux();
        if (_kernelTypes.Fallback is { } step)
        {
            _calls.Observer?.OnFallback(step);
        }

        return types;
    }

    private RunningKernel NewFacts() => new(KernelFiles.Host, _features, _calls.Observer);

    private void FillConfiguration()
    {
        byte[] values = _linker.Externs.Configuration;
        if (values.Length > 0)
        {
            values.CopyTo(_spec.Maps[".kconfig"].Contents!.Value);
        }
    }

    private LoadedBtf? LoadTypes(BpfObject owner)
    {
        if (_spec.Types is not { } types)
        {
            return null;
        }

        HashSet<string> hidden = [];
        foreach (ProgramSpec function in _spec.Functions)
        {
            if (function.IsHidden)
            {
                hidden.Add(function.Name);
            }
        }

        LoadedBtf? btf = new BtfLoader(_calls, _features).Load(Define(types), hidden, _spec.Programs);
        return btf is null ? null : owner.Own(btf);
    }

    // In the kernel's eyes nothing is external: there is a map of the values, and the symbols are ids in instructions.
    private BtfFile Define(BtfFile types)
    {
        Dictionary<string, uint> offsets = new(StringComparer.Ordinal);
        foreach (ExternSpec value in _spec.ExternsOf(ExternKind.Configuration))
        {
            offsets.Add(value.Name, value.Offset);
        }

        return BtfExternPatcher.Define(
            types, offsets, _spec.Maps.TryGet(".kconfig", out MapSpec? values) ? values.ValueSize : 0);
    }

    private void CreateMaps(BpfObject owner, LoadedBtf? btf, StructOpsLoader operations)
    {
        MapFactory factory = new(_calls);
        _replacer.ThrowIfUnknown(_spec.Maps);
        foreach (MapSpec spec in _spec.Maps)
        {
            if (!spec.AutoCreate)
            {
                continue;
            }

            BpfMap map = _replacer.Find(spec) ?? owner.Own(spec.StructOps is null
                ? _pins.Open(spec, () => factory.Create(spec, btf?.Handle))
                : operations.Create(factory, spec, btf?.Handle));
            _maps.Add(spec, map);
            owner.Maps.Add(spec.Name, map);
            if (spec.Contents is not null)
            {
                AddVariables(owner, spec, map);
            }
        }
    }

    private void AddVariables(BpfObject owner, MapSpec spec, BpfMap map)
    {
        DataSection section = owner.Own(new DataSection(_calls, map, spec));
        foreach (VariableSpec variable in _spec.Variables)
        {
            if (ReferenceEquals(variable.Map, spec))
            {
                owner.Variables.Add(variable.Name, new BpfVariable(variable, section));
            }
        }
    }

    private void CompleteOperations(BpfObject owner, StructOpsLoader operations)
    {
        foreach ((MapSpec spec, BpfMap map) in _maps)
        {
            if (spec.StructOps is not null)
            {
                operations.Complete(map, spec, owner.Programs);
            }
        }
    }

    private void LoadPrograms(BpfObject owner)
    {
        List<ProgramSpec> wanted = [];
        foreach (ProgramSpec program in _spec.Programs)
        {
            if (_linker.StructOps.IsLoaded(program))
            {
                wanted.Add(program);
            }
        }

        _linker.Relocate(wanted);
        foreach (ProgramSpec program in wanted)
        {
            LoadProgram(owner, program.Name);
        }
    }
}
