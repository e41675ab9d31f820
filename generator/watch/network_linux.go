package watch

import "golang.org/x/sys/unix"

// networkFileSystem names the file system of the first root on which changes
// made by another machine, or outside a virtual one, come without events.
func networkFileSystem(roots []string) string {
	for _, root := range roots {
		var fs unix.Statfs_t
		if unix.Statfs(root, &fs) != nil {
			continue
		}
		switch uint32(fs.Type) {
		case unix.NFS_SUPER_MAGIC:
			return "NFS"
		case unix.SMB_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC:
			return "a Windows share"
		case unix.V9FS_MAGIC:
			return "a folder shared with a virtual machine"
		case unix.FUSE_SUPER_MAGIC:
			return "a FUSE file system" // sshfs, virtiofs of desktop containers
		case unix.AFS_SUPER_MAGIC, unix.AFS_FS_MAGIC, unix.CODA_SUPER_MAGIC, unix.CEPH_SUPER_MAGIC:
			return "a network file system"
		}
	}
	return ""
}
