using BpfCore.Maps;
using BpfCore.Programs;
using BpfCore.Specs;

namespace BpfCore.Links;

public abstract partial class BpfLink
{
    /// <summary>
    /// Attaches all of an object: its programs to the targets that their sections name, then its operations
    /// (<see cref="MapType.StructOps"/>), as libbpf's skeletons do.
    /// </summary>
    /// <param name="programs">The programs of an object.</param>
    /// <param name="maps">Its maps; those of other types are left alone.</param>
    /// <returns>The links; the caller owns them. When one cannot be made, none stays.</returns>
    /// <exception cref="KernelFeatureException">The kernel lacks a target or a way to attach to it.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLinkSet AttachAll(IEnumerable<BpfProgram> programs, IEnumerable<BpfMap> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        BpfLinkSet links = AttachAll(programs);
        try
        {
            foreach (BpfMap map in maps)
            {
                if (map.StructOps is not null)
                {
                    links.Add(StructOpsLink.Attach(map));
                }
            }

            return links;
        }
        catch
        {
            links.Dispose();
            throw;
        }
    }
}
