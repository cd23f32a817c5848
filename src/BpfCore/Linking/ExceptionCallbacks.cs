using System.Text;
using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Functions that the kernel calls when a program throws (<c>bpf_throw</c>). No instruction refers to them: a
/// declaration tag of the program does, <c>exception_callback:NAME</c> (libbpf's <c>bpf_prog_assign_exc_cb</c>).
/// </summary>
internal sealed class ExceptionCallbacks
{
    // component_idx of a tag that belongs to the function itself, not to a parameter.
    private const int WholeFunction = -1;

    private readonly BpfObjectSpec _object;
    private readonly List<BtfType> _tags = [];

    public ExceptionCallbacks(BpfObjectSpec spec)
    {
        _object = spec;
        if (spec.Types is null)
        {
            return;
        }

        foreach (BtfType type in spec.Types.Types)
        {
            if (type.Kind == BtfKind.DeclarationTag && type.TagComponentIndex == WholeFunction
                && type.NameBytes.StartsWith(Prefix))
            {
                _tags.Add(type);
            }
        }
    }

    private static ReadOnlySpan<byte> Prefix => "exception_callback:"u8;

    /// <summary>The callback of a program, or null when it has none.</summary>
    /// <exception cref="BpfRelocationException">The tag names no global function of the object.</exception>
    public ProgramSpec? Find(ProgramSpec program)
    {
        ProgramSpec? found = null;
        foreach (BtfType tag in _tags)
        {
            BtfType function = tag.Target;
            if (function.Kind != BtfKind.Function || function.FunctionLinkage != BtfLinkage.Global)
            {
                throw Error(program, $"the tag {tag.Name} belongs to {function}, expected a program");
            }

            if (function.Name != program.Name)
            {
                continue;
            }

            if (found is not null)
            {
                return null; // which of the two is meant? The verifier refuses it, and says so better.
            }

            found = Resolve(program, Encoding.UTF8.GetString(tag.NameBytes[Prefix.Length..]));
        }

        return found;
    }

    private ProgramSpec Resolve(ProgramSpec program, string name)
    {
        foreach (ProgramSpec function in _object.Functions)
        {
            if (function.IsSubprogram && function.Name == name)
            {
                return function.IsStatic || function.IsHidden
                    ? throw Error(program, $"exception callback {name} must be a global function that is not hidden")
                    : function;
            }
        }

        throw Error(program, $"no function of the object is the exception callback '{name}'");
    }

    private static BpfRelocationException Error(ProgramSpec program, string problem) =>
        new(program.Name, 0, problem);
}
