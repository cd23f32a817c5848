using BpfCore.CoRe;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Lays the operations of an object out for a kernel, and settles which of its programs that kernel is to be given.
/// </summary>
internal sealed class StructOpsLinker(BpfObjectSpec spec, CoReTargets targets)
{
    private readonly Dictionary<ProgramSpec, StructOpsBinding> _bindings = [];
    private readonly Dictionary<MapSpec, StructOpsImage> _images = [];
    private HashSet<ProgramSpec>? _used;

    /// <summary>Does the work, once.</summary>
    /// <exception cref="KernelFeatureException">The kernel has no such operations, or other ones.</exception>
    public void Resolve()
    {
        if (_used is not null)
        {
            return;
        }

        HashSet<ProgramSpec> used = [];
        foreach (MapSpec map in spec.Maps)
        {
            if (map is { StructOps: { } operations, AutoCreate: true })
            {
                var kernel = StructOpsTypes.Find(operations, targets);
                _images[map] = new StructOpsLayout(map, kernel, _bindings).Create();
                used.UnionWith(operations.Programs.Values);
            }
        }

        foreach ((ProgramSpec program, StructOpsBinding binding) in _bindings)
        {
            program.ExpectedAttachType = (AttachType)binding.MemberIndex;
        }

        _used = used;
    }

    /// <summary>The value of a map; null for maps of other types, and for those that are not created.</summary>
    public StructOpsImage? ImageOf(MapSpec map) => _images.GetValueOrDefault(map);

    /// <summary>The kernel's function that a program implements, or null.</summary>
    public StructOpsBinding? BindingOf(ProgramSpec program) =>
        _bindings.GetValueOrDefault(program);

    /// <summary>
    /// Whether a program is loaded with the object. As in libbpf, one that implements a function is loaded exactly
    /// when a map that has it is created; for others their own switch decides.
    /// </summary>
    public bool IsLoaded(ProgramSpec program) => _used!.Contains(program)
        || (program.AutoLoad && !IsOfOperationsOnly(program));

    /// <summary>
    /// Whether a program is there for operations only, none of which is created. Nothing could be done with it.
    /// </summary>
    public bool IsOfOperationsOnly(ProgramSpec program)
    {
        if (program.Type != ProgramType.StructOps || _used!.Contains(program))
        {
            return false;
        }

        foreach (MapSpec map in spec.Maps)
        {
            if (map.StructOps is { } operations && IsOf(operations, program))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOf(StructOpsSpec operations, ProgramSpec program) =>
        operations.DeclaredPrograms.Contains(program) || operations.Programs.Values.Contains(program);
}
